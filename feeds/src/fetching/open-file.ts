import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import unbzip2 from 'unbzip2-stream';

const CHUNK = 256 * 1024;

/**
 * The bytes of a file, uncompressed if it is gzip or bzip2, which its content tells and not its name.
 * @throws when what is packed is damaged or cut short, or unpacks to more than allowed
 */
export async function* openFile(path: string, maximumBytes: number): AsyncGenerator<Uint8Array> {
  const magic = await firstBytes(path);
  const bytes = unpacked(createReadStream(path, { highWaterMark: CHUNK }), magic);
  let total = 0;
  for await (const chunk of bytes) {
    total += chunk.length;
    if (total > maximumBytes) throw new Error(`it unpacks to more than the ${maximumBytes} bytes allowed`);
    yield chunk;
  }
}

function unpacked(raw: Readable, magic: string): AsyncIterable<Uint8Array> {
  if (magic.startsWith('1f8b')) return pipeline(raw, createGunzip({ chunkSize: CHUNK }), toReader);
  // Its stream is of an old kind, which cannot be read in a loop.
  return magic === '425a68' ? pipeline(raw, unbzip2(), new PassThrough(), toReader) : raw;
}

/** Whoever reads the end of a pipeline gets its error. */
const toReader = () => {};

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(3), 0, 3, 0);
    return buffer.toString('hex', 0, bytesRead);
  } finally {
    await file.close();
  }
}

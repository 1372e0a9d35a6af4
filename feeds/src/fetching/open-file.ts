import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

const CHUNK = 256 * 1024;

/**
 * The bytes of a file, uncompressed if it is gzip, which its content tells and not its name.
 * @throws when the gzip is damaged or cut short, or unpacks to more than allowed
 */
export async function* openFile(path: string, maximumBytes: number): AsyncGenerator<Uint8Array> {
  const isPacked = await isGzip(path);
  const raw = createReadStream(path, { highWaterMark: CHUNK });
  const bytes = isPacked ? pipeline(raw, createGunzip({ chunkSize: CHUNK }), toReader) : raw;
  let total = 0;
  for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
    total += chunk.length;
    if (total > maximumBytes) throw new Error(`it unpacks to more than the ${maximumBytes} bytes allowed`);
    yield chunk;
  }
}

/** Whoever reads the end of a pipeline gets its error. */
const toReader = () => {};

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { extract } from 'tar-stream';
import xz from 'xz-decompress';
import type { ArchiveEntry } from './read-zip.ts';

/**
 * The files of a tar one by one, unpacked first as its first bytes tell (xz, zstd, gzip), in memory bounded by the largest.
 * @throws when it is no tar, damaged, or a file or all of them unpack to more than allowed
 */
export async function* readTar(
  path: string,
  limits: { bytes: number; recordBytes: number },
): AsyncGenerator<ArchiveEntry> {
  const members = extract();
  const packed = createReadStream(path, { highWaterMark: 256 * 1024 });
  // Whoever reads the members gets the error of either end.
  const feeding = pipeline([packed, ...(await unpackers(path)), members]);
  feeding.catch((error: Error) => members.destroy(error));
  let total = 0;
  let files = 0;
  for await (const member of members) {
    const { name, type, size = 0 } = member.header;
    total += size;
    if (size > limits.recordBytes || total > limits.bytes) throw new Error(`${name}: it unpacks to more than allowed`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of member) chunks.push(chunk as Uint8Array);
    if (type !== 'file') continue;
    files++;
    yield { name, bytes: Buffer.concat(chunks) };
  }
  await feeding;
  if (files === 0) throw new Error('an archive without files');
}

async function unpackers(path: string): Promise<Duplex[]> {
  const magic = await firstBytes(path);
  if (magic.startsWith('fd377a585a00')) return [Duplex.from(unpackXz)];
  if (magic.startsWith('28b52ffd')) return [createZstdDecompress()];
  return magic.startsWith('1f8b') ? [createGunzip()] : [];
}

const unpackXz = (packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
  new xz.XzReadableStream(ReadableStream.from(packed));

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(6), 0, 6, 0);
    return buffer.toString('hex', 0, bytesRead);
  } finally {
    await file.close();
  }
}

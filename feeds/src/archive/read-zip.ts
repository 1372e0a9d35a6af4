import { type FileHandle, open } from 'node:fs/promises';
import { crc32, inflateRawSync } from 'node:zlib';
import { readDirectory, readExactly, type ZipEntry } from './zip-directory.ts';

/** One file of an archive, unpacked. */
export interface ArchiveEntry {
  name: string;
  bytes: Uint8Array;
}

const LOCAL_BYTES = 30;
const LOCAL = 0x04034b50;
/** Records lie side by side: one read brings many. */
const WINDOW = 1024 ** 2;

/**
 * The files of a zip one by one, in memory bounded by the largest and the directory. Sizes come from the directory at the
 * end: writers that do not know them in advance leave them out of the headers before the files.
 * @throws when it is no zip, damaged, or a file or all of them unpack to more than allowed
 */
export async function* readZip(
  path: string,
  limits: { bytes: number; recordBytes: number },
): AsyncGenerator<ArchiveEntry> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const window = createWindow(file, size);
    let total = 0;
    for (const entry of await readDirectory(file, size)) {
      if (entry.name.endsWith('/')) continue;
      total += entry.bytes;
      if (entry.bytes > limits.recordBytes || entry.packedBytes > limits.recordBytes || total > limits.bytes) {
        throw new Error(`${entry.name}: it unpacks to more than allowed`);
      }
      yield { name: entry.name, bytes: await unpack(entry, window) };
    }
  } finally {
    await file.close();
  }
}

type ReadAt = (position: number, length: number) => Promise<Buffer>;

function createWindow(file: FileHandle, size: number): ReadAt {
  let start = 0;
  let held: Buffer = Buffer.alloc(0);
  return async (position, length) => {
    if (position + length > size) throw new Error('it ends in its middle');
    if (position < start || position + length > start + held.length) {
      held = await readExactly(file, position, Math.min(Math.max(length, WINDOW), size - position));
      start = position;
    }
    return held.subarray(position - start, position - start + length);
  };
}

async function unpack(entry: ZipEntry, readAt: ReadAt): Promise<Uint8Array> {
  const header = await readAt(entry.offset, LOCAL_BYTES);
  if (header.readUInt32LE(0) !== LOCAL) throw new Error(`${entry.name}: no header before it`);
  const start = entry.offset + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = await readAt(start, entry.packedBytes);
  const bytes = inflate(entry, packed);
  if (bytes.length !== entry.bytes || crc32(bytes) !== entry.crc) throw new Error(`${entry.name}: it is damaged`);
  return bytes;
}

function inflate({ name, method, bytes }: ZipEntry, packed: Buffer): Uint8Array {
  if (method === 0) return Uint8Array.from(packed);
  if (method !== 8) throw new Error(`${name}: packed in a way that is not known (${method})`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(bytes, 1) });
  } catch (error) {
    throw new Error(`${name}: it is damaged`, { cause: error });
  }
}

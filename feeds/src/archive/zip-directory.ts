import type { FileHandle } from 'node:fs/promises';

/** Where a file of a zip lies and how it is packed. */
export interface ZipEntry {
  name: string;
  /** 0: as it is, 8: deflate. */
  method: number;
  crc: number;
  packedBytes: number;
  bytes: number;
  /** Of its local header. */
  offset: number;
}

interface Directory {
  offset: number;
  bytes: number;
  entries: number;
}

// Numbers and layouts: PKWARE APPNOTE 6.3.10, §4.3 and §4.5.3.
const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const LOCATOR_64 = 0x07064b50;
const LOCATOR_64_BYTES = 20;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const ZIP64_FIELD = 1;
const IN_ZIP64 = 0xffffffff;
/** More than any feed has, and little enough to be read at once. */
const LARGEST_DIRECTORY = 256 * 1024 ** 2;

/**
 * The files of a zip, in the order in which they lie in it.
 * @throws when it is no zip, or its directory is damaged
 */
export async function readDirectory(file: FileHandle, size: number): Promise<ZipEntry[]> {
  const place = await findDirectory(file, size);
  if (place.bytes > LARGEST_DIRECTORY || place.offset + place.bytes > size) throw new Error('no zip: a bad directory');
  const directory = await readExactly(file, place.offset, place.bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (entries.length < place.entries) {
    if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== ENTRY)
      throw new Error('no zip: a bad entry');
    const { entry, next } = readEntry(directory, at);
    entries.push(entry);
    at = next;
  }
  return entries.sort((a, b) => a.offset - b.offset);
}

export async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  if (bytesRead < length) throw new Error('it ends in its middle');
  return bytes;
}

async function findDirectory(file: FileHandle, size: number): Promise<Directory> {
  const start = Math.max(0, size - END_BYTES - LONGEST_COMMENT - LOCATOR_64_BYTES);
  const tail = await readExactly(file, start, size - start);
  let at = tail.length - END_BYTES;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at--;
  if (at < 0) throw new Error('no zip: it has no end of a directory');
  const locator = at - LOCATOR_64_BYTES;
  if (locator >= 0 && tail.readUInt32LE(locator) === LOCATOR_64) {
    return readEnd64(await readExactly(file, Number(tail.readBigUInt64LE(locator + 8)), 56));
  }
  return {
    entries: tail.readUInt16LE(at + 10),
    bytes: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
}

function readEnd64(end: Buffer): Directory {
  if (end.readUInt32LE(0) !== END_64) throw new Error('no zip: a bad directory');
  const [entries, bytes, offset] = [32, 40, 48].map((place) => Number(end.readBigUInt64LE(place)));
  return { entries, bytes, offset } as Directory;
}

function readEntry(directory: Buffer, at: number): { entry: ZipEntry; next: number } {
  const nameEnd = at + ENTRY_BYTES + directory.readUInt16LE(at + 28);
  const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
  const next = extraEnd + directory.readUInt16LE(at + 32);
  if (next > directory.length) throw new Error('no zip: a bad entry');
  const wide = zip64Numbers(directory.subarray(nameEnd, extraEnd));
  const number = (place: number): number => {
    const value = directory.readUInt32LE(at + place);
    return value === IN_ZIP64 ? (wide.shift() ?? value) : value;
  };
  // The field holds only those that are marked, in this order.
  const bytes = number(24);
  const packedBytes = number(20);
  const offset = number(42);
  const name = directory.toString('utf8', at + ENTRY_BYTES, nameEnd);
  const [method, crc] = [directory.readUInt16LE(at + 10), directory.readUInt32LE(at + 16)];
  return { entry: { name, method, crc, packedBytes, bytes, offset }, next };
}

function zip64Numbers(extra: Buffer): number[] {
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === ZIP64_FIELD && end <= extra.length) {
      return Array.from({ length: (end - at - 4) >> 3 }, (_, i) => Number(extra.readBigUInt64LE(at + 4 + i * 8)));
    }
    at = end;
  }
  return [];
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Candidate } from '@flotilla/engine/matching/advisory-index';
import { gather } from '@flotilla/engine/matching/statements';
import type { Advisories, Told } from './advisories.ts';
import { type FileStamp, FORMAT, factsKey, LENGTH_DIGITS, type Trailer } from './index-format.ts';

/** An open file of compiled advisories. */
export interface CompiledAdvisories extends Advisories {
  /** What it was made from. */
  files: readonly FileStamp[];
}

/** Blocks kept in memory once they were read. */
const MOST_KEPT = 5_000;

/**
 * Opens compiled advisories: the directory is read, and each block when it is first asked for.
 * @throws when the file cannot be opened, is damaged, or of another version
 */
export function readIndex(path: string): CompiledAdvisories {
  const file = openSync(path, 'r');
  try {
    const trailer = readTrailer(file);
    const directory = readDirectory(file, trailer);
    const statements = keeping((key) => {
      const place = directory.get(key);
      return place ? gather(block<Candidate>(file, place)) : null;
    });
    const told = keeping((vulnerability) => block<Told>(file, directory.get(factsKey(vulnerability))));
    const scopes = new Set(trailer.scopes);
    const index = { statements, covers: (scope: string) => scopes.has(scope) };
    return { index, told, files: trailer.files, close: () => closeSync(file) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

interface Place {
  at: number;
  bytes: number;
}

function readTrailer(file: number): Trailer {
  const end = fstatSync(file).size - LENGTH_DIGITS;
  const length = end > 0 ? Number(read(file, { at: end, bytes: LENGTH_DIGITS }).toString('latin1')) : Number.NaN;
  if (!Number.isInteger(length) || length > end) throw new Error('it is damaged');
  const trailer = parse<Trailer>(read(file, { at: end - length, bytes: length }));
  if (trailer.format !== FORMAT) throw new Error('it is of another version');
  if (trailer.bytes !== end - length || checksum(file, trailer.bytes) !== trailer.crc32) {
    throw new Error('it is damaged');
  }
  return trailer;
}

const PIECE = 1 << 20;

function checksum(file: number, bytes: number): number {
  const piece = Buffer.allocUnsafe(PIECE);
  let sum = 0;
  for (let at = 0; at < bytes; ) {
    const count = readSync(file, piece, 0, Math.min(PIECE, bytes - at), at);
    if (count === 0) return Number.NaN;
    sum = crc32(piece.subarray(0, count), sum);
    at += count;
  }
  return sum;
}

function readDirectory(file: number, { directoryAt, bytes }: Trailer): Map<string, Place> {
  const text = read(file, { at: directoryAt, bytes: bytes - directoryAt }).toString('utf8');
  const directory = new Map<string, Place>();
  for (let from = 0; from < text.length; ) {
    const keyEnd = text.indexOf('\t', from);
    const atEnd = text.indexOf('\t', keyEnd + 1);
    const end = text.indexOf('\n', atEnd + 1);
    const place = { at: Number(text.slice(keyEnd + 1, atEnd)), bytes: Number(text.slice(atEnd + 1, end)) };
    directory.set(text.slice(from, keyEnd), place);
    from = end + 1;
  }
  return directory;
}

const block = <T>(file: number, place: Place | undefined): readonly T[] => (place ? parse<T[]>(read(file, place)) : []);

function parse<T>(bytes: Buffer): T {
  try {
    return JSON.parse(bytes.toString('utf8')) as T;
  } catch {
    throw new Error('it is damaged');
  }
}

function read(file: number, { at, bytes }: Place): Buffer {
  const buffer = Buffer.allocUnsafe(bytes);
  for (let have = 0; have < bytes; ) {
    const count = readSync(file, buffer, have, bytes - have, at + have);
    if (count === 0) throw new Error('it is damaged');
    have += count;
  }
  return buffer;
}

/** Remembers answers, and begins anew when there are too many. */
function keeping<T>(answer: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const found = answer(key);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(key, found);
    return found;
  };
}

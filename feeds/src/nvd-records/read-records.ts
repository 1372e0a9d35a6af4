import { createHash } from 'node:crypto';
import { isRecord } from '../json/is-record.ts';
import { splitJson } from '../json/split-json.ts';

export interface RecordsFile {
  bytes: AsyncIterable<Uint8Array>;
  /** SHA-256 that they must have, in hexadecimal; null where nobody says. */
  sha256: string | null;
  largestRecord: number;
}

/** One entry of a file of NVD's schema 2.0, a record or the time it was made; null where an entry is no record. */
export type RecordsEntry = { cve: Record<string, unknown> } | { timestamp: unknown } | null;

/**
 * Reads a file of CVE records, in memory bounded by the largest.
 * @throws when it is damaged, or not what its publisher says it is
 */
export async function* readRecords({ bytes, sha256, largestRecord }: RecordsFile): AsyncGenerator<RecordsEntry> {
  const hash = createHash('sha256');
  const members = splitJson(hashing(bytes, hash), { depth: 2, largestPiece: largestRecord });
  for await (const { path, value } of members) {
    const [member, place] = path;
    if (member === 'timestamp') yield { timestamp: value };
    if (member !== 'vulnerabilities' || place === undefined) continue;
    yield isRecord(value) && isRecord(value.cve) ? { cve: value.cve } : null;
  }
  if (sha256 !== null && hash.digest('hex') !== sha256) throw new Error('its SHA-256 is not the published one');
}

async function* hashing(bytes: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

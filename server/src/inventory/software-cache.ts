import type { Db, Tx } from '../kernel/db/database.ts';
import { findSoftwareById, findSoftwareByKey, type SoftwareRow } from './queries/catalogue.ts';
import { partOf } from './sources.ts';

/** Where a stored software counts. */
export interface SoftwareRef {
  id: number;
  versionId: number;
  titleId: number;
  part: string;
}

/** Refs of software in memory, read where they are not: rows of the catalogue never change their meaning. */
export interface SoftwareCache {
  /** Keys that are not stored are left out. */
  findByKey(db: Db, keys: Iterable<string>): Promise<Map<string, SoftwareRef>>;
  findById(db: Db | Tx, ids: Iterable<number>): Promise<Map<number, SoftwareRef>>;
}

/** About 300 MB at the most; a fleet of 100,000 hosts has a third of it. */
const MOST = 1_000_000;
/** Keys or ids looked up at once. */
const CHUNK = 10_000;

export function createSoftwareCache(): SoftwareCache {
  const byKey = new Map<string, SoftwareRef>();
  const byId = new Map<number, SoftwareRef>();
  const keep = (row: SoftwareRow): SoftwareRef => {
    if (byId.size > MOST) {
      byKey.clear();
      byId.clear();
    }
    const ref = { id: row.id, versionId: row.version_id, titleId: row.title_id, part: partOf(row) };
    byKey.set(row.key, ref);
    byId.set(row.id, ref);
    return ref;
  };
  return {
    async findByKey(db, keys) {
      const { found, missing } = takeFrom(byKey, keys);
      for (const chunk of chunks(missing, CHUNK)) {
        for (const row of await findSoftwareByKey(db, chunk)) found.set(row.key, keep(row));
      }
      return found;
    },
    async findById(db, ids) {
      const { found, missing } = takeFrom(byId, ids);
      for (const chunk of chunks(missing, CHUNK)) {
        for (const row of await findSoftwareById(db, chunk)) found.set(row.id, keep(row));
      }
      return found;
    },
  };
}

function takeFrom<K>(cached: Map<K, SoftwareRef>, keys: Iterable<K>): { found: Map<K, SoftwareRef>; missing: K[] } {
  const found = new Map<K, SoftwareRef>();
  const missing: K[] = [];
  for (const key of new Set(keys)) {
    const ref = cached.get(key);
    if (ref) found.set(key, ref);
    else missing.push(key);
  }
  return { found, missing };
}

export function* chunks<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}

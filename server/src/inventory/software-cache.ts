import type { Db, Tx } from '../kernel/db/database.ts';
import { softwareKey } from './identity.ts';
import { findSoftwareById, findSoftwareByKey, type SoftwareRow } from './queries/catalogue.ts';
import type { Software } from './software.ts';
import { partOf } from './sources.ts';

/** Where a stored software counts. */
export interface SoftwareRef {
  id: number;
  versionId: number;
  titleId: number;
  part: string;
}

/** A software of a host before its id is known. */
export interface WantedSoftware {
  packed: string;
  contextId: number;
  software: Software;
}

/** Refs of software in memory, read where they are not: rows of the catalogue never change their meaning. */
export interface SoftwareCache {
  /** In the order asked; undefined for what is not stored. */
  find(db: Db, wanted: WantedSoftware[]): Promise<(SoftwareRef | undefined)[]>;
  /** Refs by id, of these and of others. */
  findById(db: Db | Tx, ids: Iterable<number>): Promise<ReadonlyMap<number, SoftwareRef>>;
}

/** About 300 MB at the most; a fleet of 100,000 hosts has a third of it. */
const MOST = 1_000_000;
/** Keys or ids looked up at once. */
const CHUNK = 10_000;

export function createSoftwareCache(): SoftwareCache {
  // By packed identity within a context: making the key of the database costs far more than looking there.
  let byContext = new Map<number, Map<string, SoftwareRef>>();
  let count = 0;
  let byId = new Map<number, SoftwareRef>();
  const makeRoom = () => {
    // Whoever looks things up at this moment keeps the maps that he has.
    if (count > MOST) {
      byContext = new Map();
      count = 0;
    }
    if (byId.size > MOST) byId = new Map();
  };
  const toRef = (row: SoftwareRow): SoftwareRef => ({
    id: row.id,
    versionId: row.version_id,
    titleId: row.title_id,
    part: partOf(row),
  });
  return {
    async find(db, wanted) {
      makeRoom();
      const contexts = byContext;
      const findRef = ({ packed, contextId }: WantedSoftware) => contexts.get(contextId)?.get(packed);
      const refs = wanted.map(findRef);
      const missing = new Map<string, WantedSoftware>();
      wanted.forEach((one, index) => {
        if (!refs[index]) missing.set(softwareKey(one.packed, one.contextId), one);
      });
      if (missing.size === 0) return refs;
      for (const chunk of chunks([...missing.keys()], CHUNK)) {
        for (const row of await findSoftwareByKey(db, chunk)) {
          const { packed, contextId } = missing.get(row.key) as WantedSoftware;
          const known = contexts.get(contextId) ?? new Map<string, SoftwareRef>();
          contexts.set(contextId, known.set(packed, toRef(row)));
          count += 1;
        }
      }
      return wanted.map(findRef);
    },
    async findById(db, ids) {
      makeRoom();
      const refs = byId;
      const missing = new Set<number>();
      for (const id of ids) if (!refs.has(id)) missing.add(id);
      for (const chunk of chunks([...missing], CHUNK)) {
        for (const row of await findSoftwareById(db, chunk)) refs.set(row.id, toRef(row));
      }
      return refs;
    },
  };
}

export function* chunks<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}

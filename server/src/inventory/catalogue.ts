import type { Context } from '../kernel/context.ts';
import { type Db, inTransaction, type Tx } from '../kernel/db/database.ts';
import { softwareKey, sortName, titleKey, versionKey } from './identity.ts';
import * as queries from './queries/catalogue.ts';
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

/** The ids of software, kept in memory: rows of the catalogue never change their meaning. */
export interface Catalogue {
  /** Refs of software, made where new, in the order asked. Publishes `softwareDiscovered` for those. */
  resolve(ctx: Context, wanted: WantedSoftware[]): Promise<SoftwareRef[]>;
  /** How many of these this process has not met yet and the database does not have either. */
  countUnknown(ctx: Context, wanted: WantedSoftware[]): Promise<number>;
  /** Refs of stored ids. */
  read(db: Db | Tx, ids: Iterable<number>): Promise<Map<number, SoftwareRef>>;
}

/** About 300 MB at the most; a fleet of 100,000 hosts has a third of it. */
const MOST_CACHED = 1_000_000;
/** Rows of one insert: PostgreSQL takes 65,535 parameters, and a version has 14. */
const CHUNK = 2_000;

export function createCatalogue(): Catalogue {
  const byKey = new Map<string, SoftwareRef>();
  const byId = new Map<number, SoftwareRef>();
  const keep = (row: queries.SoftwareRow): SoftwareRef => {
    if (byId.size > MOST_CACHED) {
      byKey.clear();
      byId.clear();
    }
    const ref = { id: row.id, versionId: row.version_id, titleId: row.title_id, part: partOf(row) };
    byKey.set(row.key, ref);
    byId.set(row.id, ref);
    return ref;
  };
  /** From memory, else from the database. */
  const lookUp = async (db: Db, keys: Iterable<string>) => {
    const found = new Map<string, SoftwareRef>();
    const missing: string[] = [];
    for (const key of new Set(keys)) {
      const ref = byKey.get(key);
      if (ref) found.set(key, ref);
      else missing.push(key);
    }
    for (const chunk of chunks(missing)) {
      for (const row of await queries.findSoftwareByKey(db, chunk)) found.set(row.key, keep(row));
    }
    return found;
  };
  return {
    async resolve(ctx, wanted) {
      const keyed = wanted.map(withKey);
      const found = await lookUp(
        ctx.db,
        keyed.map(({ key }) => key),
      );
      const missing = [...new Map(keyed.filter(({ key }) => !found.has(key)).map((one) => [one.key, one])).values()];
      if (missing.length > 0) {
        await insertMissing(ctx, missing);
        for (const [key, ref] of await lookUp(
          ctx.db,
          missing.map(({ key }) => key),
        ))
          found.set(key, ref);
      }
      return keyed.map(({ key }) => required(found.get(key), key));
    },
    async countUnknown(ctx, wanted) {
      const keys = new Set(wanted.map((one) => withKey(one).key));
      return keys.size - (await lookUp(ctx.db, keys)).size;
    },
    async read(db, ids) {
      const wanted = [...new Set(ids)];
      const refs = new Map<number, SoftwareRef>();
      for (const id of wanted) {
        const ref = byId.get(id);
        if (ref) refs.set(id, ref);
      }
      const missing = wanted.filter((id) => !refs.has(id));
      for (const chunk of chunks(missing)) {
        for (const row of await queries.findSoftwareById(db, chunk)) refs.set(row.id, keep(row));
      }
      return refs;
    },
  };
}

type KeyedSoftware = WantedSoftware & { key: string };
const withKey = (wanted: WantedSoftware): KeyedSoftware => ({
  ...wanted,
  key: softwareKey(wanted.packed, wanted.contextId),
});

/** Title, then version, then software, each level in a statement of its own that commits at once. */
async function insertMissing(ctx: Context, missing: KeyedSoftware[]): Promise<void> {
  for (const chunk of chunks(missing)) {
    const titles = await ensure(
      ctx,
      'title',
      chunk.map((one) => ({ ...one, key: titleKey(one.software) })),
    );
    const versions = await ensure(
      ctx,
      'version',
      chunk.map((one) => ({
        ...one,
        titleId: required(titles.get(titleKey(one.software)), 'title'),
        key: versionKey(one.software),
      })),
    );
    const rows = chunk.map((one) => ({
      ...one,
      versionId: required(versions.get(versionKey(one.software)), 'version'),
    }));
    const discovered = await inTransaction(ctx, async (tx) => {
      const softwareIds = await queries.insertSoftware(tx, inOrder(rows));
      if (softwareIds.length > 0) {
        await ctx.events.inTransaction(tx, ctx, { name: 'softwareDiscovered', payload: { softwareIds } });
      }
      return softwareIds;
    });
    if (discovered.length > 0) {
      await ctx.events.afterCommit(ctx, { name: 'softwareDiscovered', payload: { softwareIds: discovered } });
    }
  }
}

type Level = { title: queries.Keyed; version: queries.Keyed<{ titleId: number }> };

/** Looks up before it inserts, so that rows which are there do not use up ids. */
async function ensure<L extends keyof Level>(ctx: Context, level: L, rows: Level[L][]): Promise<Map<string, number>> {
  const distinct = [...new Map(rows.map((row) => [row.key, row])).values()];
  const keys = distinct.map((row) => row.key);
  const known = await queries.findIds(ctx.db, level, keys);
  const missing = inOrder(distinct.filter((row) => !known.has(row.key)));
  if (missing.length === 0) return known;
  if (level === 'title') await queries.insertTitles(ctx.db, missing);
  else await queries.insertVersions(ctx.db, missing as Level['version'][]);
  return queries.findIds(ctx.db, level, keys);
}

/**
 * One order for all processes, so that two which insert the same never wait in a circle. By name first: rows that come
 * together then have ids in the order in which people expect to see them.
 */
const inOrder = <T extends queries.Keyed>(rows: T[]): T[] =>
  rows
    .map((row) => ({ row, order: `${sortName(row.software.name)} ${row.key}` }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ row }) => row);

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`catalogue row was not stored: ${what}`);
  return value;
}

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let start = 0; start < all.length; start += CHUNK) yield all.slice(start, start + CHUNK);
}

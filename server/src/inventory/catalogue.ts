import type { Context } from '../kernel/context.ts';
import { type Db, inTransaction, type Tx } from '../kernel/db/database.ts';
import { softwareKey, sortName, titleKey, versionKey } from './identity.ts';
import * as queries from './queries/catalogue.ts';
import type { Software } from './software.ts';
import {
  chunks,
  createSoftwareCache,
  type SoftwareCache,
  type SoftwareRef,
  type WantedSoftware,
} from './software-cache.ts';

/** The ids of software, kept in memory: rows of the catalogue never change their meaning. */
export interface Catalogue {
  /** Refs of software in the order asked; undefined for what is not stored. */
  find: SoftwareCache['find'];
  /** Refs of software that was not found, made now, in the order asked. Publishes `softwareDiscovered`. */
  make(ctx: Context, wanted: WantedSoftware[]): Promise<SoftwareRef[]>;
  /** Refs of stored ids. */
  read(db: Db | Tx, ids: Iterable<number>): Promise<ReadonlyMap<number, SoftwareRef>>;
}

/** Rows of one statement. */
const CHUNK = 2_000;

export function createCatalogue(): Catalogue {
  const cache = createSoftwareCache();
  return {
    find: cache.find,
    async make(ctx, wanted) {
      await insertMissing(ctx, [...new Map(wanted.map(withKey).map((one) => [one.key, one])).values()]);
      const refs = await cache.find(ctx.db, wanted);
      return refs.map((ref, index) => required(ref, wanted[index]?.packed ?? ''));
    },
    read: cache.findById,
  };
}

/** The title that software is listed as, made when no host ever had it: for software that is to be installed. */
export async function ensureTitle(ctx: Context, software: Software): Promise<number> {
  const key = titleKey(software);
  const own = required((await ensure(ctx, 'title', [{ key, software }])).get(key), 'title');
  return queries.findListed(ctx.db, own);
}

type KeyedSoftware = WantedSoftware & { key: string };
const withKey = (wanted: WantedSoftware): KeyedSoftware => ({
  ...wanted,
  key: softwareKey(wanted.packed, wanted.contextId),
});

/** Title, then version, then software, each level in a statement of its own that commits at once. */
async function insertMissing(ctx: Context, missing: KeyedSoftware[]): Promise<void> {
  for (const chunk of chunks(missing, CHUNK)) {
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
  else {
    await queries.insertVersions(ctx.db, missing as Level['version'][]);
    await queries.renameTitles(ctx.db, missing as Level['version'][]);
  }
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

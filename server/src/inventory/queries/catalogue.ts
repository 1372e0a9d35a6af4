import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import { sortName } from '../identity.ts';
import type { Software, SoftwareKind } from '../software.ts';

/** A stored software, with what is needed to count it. */
export interface SoftwareRow {
  id: number;
  key: string;
  version_id: number;
  title_id: number;
  kind: SoftwareKind;
  source: string;
}

const readSoftware = (db: Db | Tx) =>
  db
    .selectFrom('inventory.software as software')
    .innerJoin('inventory.version as version', 'version.id', 'software.version_id')
    .select([
      'software.id',
      'software.key',
      'software.version_id',
      'software.kind',
      'version.title_id',
      'version.source',
    ])
    .$narrowType<{ kind: SoftwareKind }>();

export const findSoftwareByKey = (db: Db, keys: string[]): Promise<SoftwareRow[]> =>
  readSoftware(db).where('software.key', '=', sql<string>`any(${keys}::uuid[])`).execute();

export const findSoftwareById = (db: Db | Tx, ids: number[]): Promise<SoftwareRow[]> =>
  readSoftware(db).where('software.id', '=', sql<number>`any(${ids}::int[])`).execute();

type Level = 'title' | 'version' | 'software';

/** Ids by key of the rows that are there. */
export async function findIds(db: Db, level: Level, keys: string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom(`inventory.${level}`)
    .select(['id', 'key'])
    .where('key', '=', sql<string>`any(${keys}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.key, row.id]));
}

export type Keyed<T = object> = T & { key: string; software: Software };

/** Inserts what is still missing. */
export const insertTitles = (db: Db, rows: Keyed[]) =>
  db
    .insertInto('inventory.title')
    .values(
      rows.map(({ key, software: s }) => ({
        key,
        name: s.name,
        display_name: s.name,
        sort_name: sortName(s.name),
        source: s.source,
        kind: s.kind === 'kernel' && s.source !== 'linux_kernel' ? ('normal' as const) : s.kind,
        extension_for: s.extensionFor,
        bundle_identifier: s.bundleIdentifier,
        application_id: s.applicationId,
        upgrade_code: s.upgradeCode,
      })),
    )
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();

export const insertVersions = (db: Db, rows: Keyed<{ titleId: number }>[]) =>
  db
    .insertInto('inventory.version')
    .values(
      rows.map(({ key, titleId, software: s }) => ({
        key,
        title_id: titleId,
        name: s.name,
        version: s.version,
        source: s.source,
        vendor: s.vendor,
        arch: s.arch,
        release: s.release,
        bundle_identifier: s.bundleIdentifier,
        extension_id: s.extensionId,
        extension_for: s.extensionFor,
        application_id: s.applicationId,
        upgrade_code: s.upgradeCode,
      })),
    )
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();

/** @returns the ids that are new: software never seen before */
export async function insertSoftware(
  tx: Tx,
  rows: Keyed<{ versionId: number; contextId: number }>[],
): Promise<number[]> {
  const inserted = await tx
    .insertInto('inventory.software')
    .values(
      rows.map(({ key, versionId, contextId, software: s }) => ({
        key,
        version_id: versionId,
        context_id: contextId,
        kind: s.kind,
        source_package: s.sourcePackage,
        source_version: s.sourceVersion,
        module: s.module,
      })),
    )
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .execute();
  return inserted.map((row) => row.id);
}

import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import { sortName, titleName } from '../identity.ts';
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
    .select(['software.id', 'software.key', 'software.version_id', 'software.kind', 'version.source'])
    // By the rules of identity, which a merge does not change.
    .select(sql<number>`coalesce(version.own_title_id, version.title_id)`.as('title_id'))
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
        name: titleName(s),
        display_name: titleName(s),
        sort_name: sortName(titleName(s)),
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

/** The newest name of a title wins, as apps are renamed; a name that people gave it stays. */
export const renameTitles = (db: Db, rows: Keyed<{ titleId: number }>[]) =>
  sql`
    update inventory.title as title set name = new.name,
      sort_name = case when title.display_name = title.name then new.sort_name else title.sort_name end,
      display_name = case when title.display_name = title.name then new.name else title.display_name end
    from unnest(${rows.map((row) => row.titleId)}::int[], ${rows.map((row) => titleName(row.software))}::text[],
      ${rows.map((row) => sortName(titleName(row.software)))}::text[]) as new (id, name, sort_name)
    where title.id = new.id and title.name <> new.name`.execute(db);

/** The title itself, or the one it is merged into. */
export async function findListed(db: Db, titleId: number): Promise<number> {
  const row = await db
    .selectFrom('inventory.title')
    .select('merged_into')
    .where('id', '=', titleId)
    .executeTakeFirstOrThrow();
  return row.merged_into ?? titleId;
}

/** A new version of a title that is merged goes where the title went. */
const mergedInto = (titleId: number) => sql`(select merged_into from inventory.title where id = ${titleId})`;

export const insertVersions = (db: Db, rows: Keyed<{ titleId: number }>[]) =>
  db
    .insertInto('inventory.version')
    .values(
      rows.map(({ key, titleId, software: s }) => ({
        key,
        title_id: sql<number>`coalesce(${mergedInto(titleId)}, ${titleId})`,
        own_title_id: sql<number | null>`case when ${mergedInto(titleId)} is not null then ${titleId}::int end`,
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

import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
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

/** Inserts what is still missing, in the order given: ids and locks are taken in it. */
export const insertTitles = (db: Db, rows: Keyed[]) => {
  const of = textsOf(rows);
  return sql`
    insert into inventory.title (key, name, display_name, sort_name, source, kind, extension_for, bundle_identifier,
      application_id, upgrade_code)
    select key, name, name, sort_name, source, kind, extension_for, bundle_identifier, application_id, upgrade_code
    from unnest(${rows.map((row) => row.key)}::uuid[], ${of(titleName)}::text[], ${of((s) => sortName(titleName(s)))}::text[],
      ${of((s) => s.source)}::text[], ${of(titleKind)}::text[], ${of((s) => s.extensionFor)}::text[],
      ${of((s) => s.bundleIdentifier)}::text[], ${of((s) => s.applicationId)}::text[],
      ${of((s) => s.upgradeCode)}::text[]) with ordinality as new (key, name, sort_name, source, kind, extension_for,
        bundle_identifier, application_id, upgrade_code, place)
    order by place on conflict (key) do nothing`.execute(db);
};

const textsOf = (rows: Keyed[]) => (read: (software: Software) => string) => rows.map((row) => read(row.software));

const titleKind = ({ kind, source }: Software): SoftwareKind =>
  kind === 'kernel' && source !== 'linux_kernel' ? 'normal' : kind;

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
export const insertVersions = (db: Db, rows: Keyed<{ titleId: number }>[]) => {
  const of = textsOf(rows);
  return sql`
    insert into inventory.version (key, title_id, own_title_id, name, version, source, vendor, arch, release,
      bundle_identifier, extension_id, extension_for, application_id, upgrade_code)
    select new.key, coalesce(title.merged_into, title.id), case when title.merged_into is not null then title.id end,
      new.name, new.version, new.source, new.vendor, new.arch, new.release, new.bundle_identifier, new.extension_id,
      new.extension_for, new.application_id, new.upgrade_code
    from unnest(${rows.map((row) => row.key)}::uuid[], ${ints(rows.map((row) => row.titleId))}::int[],
      ${of((s) => s.name)}::text[], ${of((s) => s.version)}::text[], ${of((s) => s.source)}::text[],
      ${of((s) => s.vendor)}::text[], ${of((s) => s.arch)}::text[], ${of((s) => s.release)}::text[],
      ${of((s) => s.bundleIdentifier)}::text[], ${of((s) => s.extensionId)}::text[], ${of((s) => s.extensionFor)}::text[],
      ${of((s) => s.applicationId)}::text[], ${of((s) => s.upgradeCode)}::text[]) with ordinality as new (key, title_id, name,
        version, source, vendor, arch, release, bundle_identifier, extension_id, extension_for, application_id, upgrade_code,
        place)
    join inventory.title as title on title.id = new.title_id
    order by new.place on conflict (key) do nothing`.execute(db);
};

/** @returns the ids that are new: software never seen before */
export async function insertSoftware(
  tx: Tx,
  rows: Keyed<{ versionId: number; contextId: number }>[],
): Promise<number[]> {
  const of = textsOf(rows);
  const inserted = await sql<{ id: number }>`
    insert into inventory.software (key, version_id, context_id, kind, source_package, source_version, module, patches)
    select key, version_id, context_id, kind, source_package, source_version, module, patches
    from unnest(${rows.map((row) => row.key)}::uuid[], ${ints(rows.map((row) => row.versionId))}::int[],
      ${ints(rows.map((row) => row.contextId))}::int[], ${of((s) => s.kind)}::text[], ${of((s) => s.sourcePackage)}::text[],
      ${of((s) => s.sourceVersion)}::text[], ${of((s) => s.module)}::text[], ${of((s) => s.patches)}::text[])
      with ordinality as new (key, version_id, context_id, kind, source_package, source_version, module, patches, place)
    order by place on conflict (key) do nothing returning id`.execute(tx);
  return inserted.rows.map((row) => row.id);
}

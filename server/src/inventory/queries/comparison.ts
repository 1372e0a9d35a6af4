import { sql } from 'kysely';
import { ALL_FLEETS } from '../../kernel/counters/spec.ts';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { ChangeRow } from '../comparison/sum-changes.ts';
import { contains } from './matching.ts';
import { type Counted, readCounted } from './page.ts';

export async function appendChanges(tx: Tx, rows: ChangeRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('inventory.change_delta')
    .values(
      rows.map((row) => ({
        day: sql<Date>`${row.day}::date`,
        fleet_id: row.fleetId,
        version_ids: sql<number[]>`${ints(row.versionIds)}::int[]`,
        opened: sql<number[]>`${ints(row.opened)}::int[]`,
        closed: sql<number[]>`${ints(row.closed)}::int[]`,
      })),
    )
    .execute();
}

/** Notes taken at once: bounds the memory of one fold. */
const BATCH = 2_000;

/** Moves some of what was noted into the sums, of each fleet and of all. @returns how many notes */
export async function foldSome(tx: Tx): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    with taken as (
      delete from inventory.change_delta
      where id in (select id from inventory.change_delta order by id limit ${BATCH} for update skip locked)
      returning day, fleet_id, version_ids, opened, closed
    ), each as (
      select day, fleet_id, one.version_id, one.opened, one.closed
      from taken, unnest(version_ids, opened, closed) as one (version_id, opened, closed)
    ), folded as (
      insert into inventory.change_by_day as old (day, fleet_id, version_id, opened, closed)
      select day, fleet_id, version_id, sum(opened)::int, sum(closed)::int from (
        select * from each union all select day, ${ALL_FLEETS}::int, version_id, opened, closed from each
      ) as both_kinds group by 1, 2, 3 order by 1, 2, 3
      on conflict (day, fleet_id, version_id)
        do update set opened = old.opened + excluded.opened, closed = old.closed + excluded.closed
    )
    select count(*)::int as taken from taken`.execute(tx);
  return rows[0]?.taken ?? 0;
}

export const forgetChanges = (db: Db, before: Date) =>
  sql`delete from inventory.change_by_day where day < ${before}::timestamptz::date`.execute(db);

export interface ChangeFilter {
  /** Days, both included. */
  from: string;
  to: string;
  fleetIds: readonly number[];
  text?: string;
}

export interface ChangedRow {
  version_id: number;
  title_id: number;
  name: string;
  version: string;
  source: string;
  opened: number;
  closed: number;
}

/** Sums by version, with what is not folded yet; systems and patches are no software of their own to people. */
export async function listChanges(
  db: Db,
  { from, to, fleetIds, text }: ChangeFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<Counted<ChangedRow>> {
  const isAll = fleetIds.includes(ALL_FLEETS);
  return readCounted<ChangedRow>(db, {
    hits: sql`
      select version.id as version_id, version.title_id, version.name, version.version, version.source, changed.opened,
        changed.closed
      from (
        select version_id, sum(opened)::int as opened, sum(closed)::int as closed from (
          select version_id, opened, closed from inventory.change_by_day
          where day between ${from}::date and ${to}::date and fleet_id = any(${fleetIds}::int[])
          union all
          select one.version_id, one.opened, one.closed
          from inventory.change_delta, unnest(version_ids, opened, closed) as one (version_id, opened, closed)
          where day between ${from}::date and ${to}::date and (${isAll} or fleet_id = any(${fleetIds}::int[]))
        ) as all_changes group by version_id
      ) as changed join inventory.version as version on version.id = changed.version_id
      join inventory.title as title on title.id = version.title_id
      where title.kind = 'normal' ${text === undefined ? sql`` : sql`and title.name ilike ${contains(text)}`}`,
    page: sql`select * from hits order by opened + closed desc, version_id offset ${offset} limit ${limit}`,
  });
}

/** Every software of a version or of a title; null when there is no such. */
export async function findSoftwareOf(
  db: Db,
  of: { versionId: number } | { titleId: number },
): Promise<number[] | null> {
  const version = 'versionId' in of ? sql`version.id = ${of.versionId}` : sql`version.title_id = ${of.titleId}`;
  const { rows } = await sql<{ id: number | null }>`
    select software.id from inventory.version as version
    left join inventory.software as software on software.version_id = version.id where ${version}`.execute(db);
  return rows.length === 0 ? null : rows.flatMap((row) => row.id ?? []);
}

export interface PastFilter {
  softwareIds: number[];
  at: Date;
  /** Only hosts that were in this fleet then; null: any. */
  fleetThen: number | null;
  /** Only hosts that are in these fleets now; null: any. */
  fleetsNow: readonly number[] | null;
}

export interface PastHostRow {
  host_id: number;
  display_name: string;
  platform: string;
  fleet_id: number;
  versions: string[];
  since: Date;
  gone: Date | null;
  deleted: boolean;
}

/** Hosts whose intervals were open at the moment, through the indexes by software, by host. */
export async function listHostsAt(
  db: Db,
  { softwareIds, at, fleetThen, fleetsNow }: PastFilter,
  { offset, limit }: { offset: number; limit: number },
): Promise<Counted<PastHostRow>> {
  const { rows, total } = await readCounted<
    Omit<PastHostRow, 'since' | 'gone'> & { since: string; gone: string | null }
  >(db, {
    hits: sql`
      with had as (
        select host_id, software_id, since, null::timestamptz as gone from inventory.host_software
        where software_id = any(${softwareIds}::int[]) and since <= ${at}
        union all
        select host_id, software_id, since, gone from inventory.host_software_past
        where software_id = any(${softwareIds}::int[]) and gone > ${at} and since <= ${at}
      )
      select host.id as host_id, coalesce(past.fleet_id, host.fleet_id, 0) as fleet_id, had.software_ids, had.since, had.gone
      from (
        select host_id, array_agg(software_id) as software_ids, min(since) as since,
          case when bool_or(gone is null) then null else max(gone) end as gone from had group by host_id
      ) as had join hosts.host as host on host.id = had.host_id
      left join hosts.host_fleet_past as past on past.host_id = host.id and past.since <= ${at} and past.until > ${at}
      where (${fleetsNow === null} or coalesce(host.fleet_id, 0) = any(${fleetsNow ?? []}::int[]))
        and (${fleetThen}::int is null or coalesce(past.fleet_id, host.fleet_id, 0) = ${fleetThen}::int)`,
    page: sql`
      select hit.host_id, coalesce(nullif(host.display_name, ''), host.uuid) as display_name, host.platform, hit.fleet_id,
        hit.since, hit.gone, host.deleted_at is not null as deleted,
        array(select distinct version.version from inventory.software as software
          join inventory.version as version on version.id = software.version_id
          where software.id = any(hit.software_ids) order by 1) as versions
      from (select * from hits order by host_id offset ${offset} limit ${limit}) as hit
      join hosts.host as host on host.id = hit.host_id order by hit.host_id`,
  });
  const toDate = (text: string | null) => (text === null ? null : new Date(text));
  return { total, rows: rows.map((row) => ({ ...row, since: new Date(row.since), gone: toDate(row.gone) })) };
}

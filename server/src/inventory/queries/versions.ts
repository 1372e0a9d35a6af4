import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import { contains, type ListFilter, type ListOrder, startsWith } from './titles.ts';

export interface VersionRow {
  id: number;
  title_id: number;
  name: string;
  display_name: string;
  version: string;
  source: string;
  vendor: string;
  arch: string;
  release: string;
  bundle_identifier: string;
  extension_id: string;
  extension_for: string;
  application_id: string;
  upgrade_code: string;
  hosts: number;
}

const COLUMNS = sql`version.id, version.title_id, version.name, title.display_name, version.version, version.source,
  version.vendor, version.arch, version.release, version.bundle_identifier, version.extension_id, version.extension_for,
  version.application_id, version.upgrade_code, coalesce(counted.hosts, 0) as hosts`;

/** Text is searched in the few names of titles, never in the many versions; a version's own text by its start. */
function where({ text, source }: ListFilter) {
  return sql`title.kind = 'normal'
    ${text === undefined ? sql`` : sql`and version.id = any(array(${idsWithText(text)}))`}
    ${source === undefined ? sql`` : sql`and title.source = ${source}`}`;
}

/** Two searches, each by its own index: one condition over both tables would read all versions. */
const idsWithText = (text: string) => sql`
  select named.id from inventory.version as named
  where named.title_id in (select id from inventory.title where name ilike ${contains(text)})
  union select id from inventory.version where left(version, 64) like ${startsWith(text)}`;

const counter = sql`inventory.version_fleet as counted`;

/** One page of the versions that hosts of the fleet have. @see listTitles for the two shapes */
export async function listVersions(db: Db, filter: ListFilter, order: ListOrder): Promise<VersionRow[]> {
  const page = sql`offset ${order.offset} limit ${order.limit}`;
  const direction = order.descending ? sql`desc` : sql`asc`;
  const { rows } =
    order.key === 'hosts_count'
      ? await sql<VersionRow>`
          select ${COLUMNS} from ${counter} join inventory.version as version on version.id = counted.version_id
          join inventory.title as title on title.id = version.title_id
          where counted.fleet_id = ${filter.fleetId} and counted.hosts > 0 and ${where(filter)}
          order by counted.hosts ${direction}, counted.version_id ${order.descending ? sql`asc` : sql`desc`} ${page}`.execute(
          db,
        )
      : await sql<VersionRow>`
          select ${COLUMNS} from inventory.title as title
          cross join lateral (
            select version.*, probed.hosts from inventory.version as version
            cross join lateral (
              select hosts from ${counter}
              where counted.fleet_id = ${filter.fleetId} and counted.version_id = version.id and counted.hosts > 0 offset 0
            ) as probed
            where version.title_id = title.id offset 0
          ) as version
          cross join lateral (select version.hosts) as counted
          where ${where(filter)}
          order by title.sort_name ${direction}, title.id ${direction}, version.id ${direction} ${page}`.execute(db);
  return rows;
}

export async function countVersions(db: Db, filter: ListFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from ${counter} join inventory.version as version on version.id = counted.version_id
    join inventory.title as title on title.id = version.title_id
    where counted.fleet_id = ${filter.fleetId} and counted.hosts > 0 and ${where(filter)}`.execute(db);
  return rows[0]?.total ?? 0;
}

export async function findVersion(db: Db, id: number, fleetId: number): Promise<VersionRow | null> {
  const { rows } = await sql<VersionRow>`
    select ${COLUMNS} from inventory.version as version join inventory.title as title on title.id = version.title_id
    left join ${counter} on counted.version_id = version.id and counted.fleet_id = ${fleetId}
    where version.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

export interface OsFilter {
  fleetId: number;
  platform?: string;
  name?: string;
  version?: string;
}

/** Operating systems that hosts of the fleet run; there are few, so they are all read. `vendor` is their platform. */
export async function listOsVersions(db: Db, filter: OsFilter, descending: boolean): Promise<VersionRow[]> {
  const direction = descending ? sql`desc` : sql`asc`;
  const { rows } = await sql<VersionRow>`
    select ${COLUMNS} from inventory.title as title join inventory.version as version on version.title_id = title.id
    join ${counter} on counted.version_id = version.id and counted.fleet_id = ${filter.fleetId}
    where title.kind = 'os' and counted.hosts > 0
      ${filter.platform === undefined ? sql`` : sql`and version.vendor = ${filter.platform}`}
      ${filter.name === undefined ? sql`` : sql`and version.name = ${filter.name}`}
      ${filter.version === undefined ? sql`` : sql`and version.version = ${filter.version}`}
    order by counted.hosts ${direction}, version.id`.execute(db);
  return rows;
}

import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';

export interface ListFilter {
  fleetId: number;
  text?: string;
  source?: string;
  /** Only these titles, and of them also such as no host has. */
  titleIds?: number[];
}

export interface ListOrder {
  key: 'name' | 'hosts_count';
  descending: boolean;
  offset: number;
  limit: number;
}

export interface TitleRow {
  id: number;
  name: string;
  display_name: string;
  source: string;
  extension_for: string;
  bundle_identifier: string;
  application_id: string;
  upgrade_code: string;
  hosts: number;
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');
export const contains = (text: string) => `%${escapeLike(text)}%`;
export const startsWith = (text: string) => `${escapeLike(text)}%`;

const COLUMNS = sql`title.id, title.name, title.display_name, title.source, title.extension_for, title.bundle_identifier,
  title.application_id, title.upgrade_code, coalesce(counted.hosts, 0) as hosts`;

function where({ text, source, titleIds }: ListFilter) {
  return sql`title.kind = 'normal'
    ${titleIds === undefined ? sql`` : sql`and title.id = any(${titleIds}::int[])`}
    ${text === undefined ? sql`` : sql`and title.name ilike ${contains(text)}`}
    ${source === undefined ? sql`` : sql`and title.source = ${source}`}`;
}

/**
 * One page of the titles that hosts of the fleet have. By hosts it walks the index of the counters; by name it walks the
 * titles in order and probes the counter of each, a shape the planner does not find for a join.
 */
export async function listTitles(db: Db, filter: ListFilter, order: ListOrder): Promise<TitleRow[]> {
  const page = sql`offset ${order.offset} limit ${order.limit}`;
  const counter = sql`inventory.title_fleet as counted`;
  const direction = order.descending ? sql`desc` : sql`asc`;
  if (filter.titleIds) return listSomeTitles(db, filter, order);
  const { rows } =
    order.key === 'hosts_count'
      ? await sql<TitleRow>`
          select ${COLUMNS} from ${counter} join inventory.title as title on title.id = counted.title_id
          where counted.fleet_id = ${filter.fleetId} and counted.hosts > 0 and ${where(filter)}
          order by counted.hosts ${direction}, counted.title_id ${order.descending ? sql`asc` : sql`desc`} ${page}`.execute(
          db,
        )
      : await sql<TitleRow>`
          select ${COLUMNS} from inventory.title as title
          cross join lateral (
            select hosts from ${counter}
            where counted.fleet_id = ${filter.fleetId} and counted.title_id = title.id and counted.hosts > 0 offset 0
          ) as counted
          where ${where(filter)} order by title.sort_name ${direction}, title.id ${direction} ${page}`.execute(db);
  return rows;
}

/** Titles by id are few, so they are read and sorted. */
async function listSomeTitles(db: Db, filter: ListFilter, order: ListOrder): Promise<TitleRow[]> {
  const direction = order.descending ? sql`desc` : sql`asc`;
  const by = order.key === 'hosts_count' ? sql`coalesce(counted.hosts, 0)` : sql`title.sort_name`;
  const { rows } = await sql<TitleRow>`
    select ${COLUMNS} from inventory.title as title left join inventory.title_fleet as counted
      on counted.title_id = title.id and counted.fleet_id = ${filter.fleetId}
    where ${where(filter)} order by ${by} ${direction}, title.id offset ${order.offset} limit ${order.limit}`.execute(
    db,
  );
  return rows;
}

/** How many titles a filtered list has; the unfiltered lists have their totals stored. */
export async function countTitles(db: Db, filter: ListFilter): Promise<number> {
  if (filter.titleIds) {
    const some = await sql<{ total: number }>`
      select count(*)::int as total from inventory.title as title where ${where(filter)}`.execute(db);
    return some.rows[0]?.total ?? 0;
  }
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from inventory.title_fleet as counted join inventory.title as title on title.id = counted.title_id
    where counted.fleet_id = ${filter.fleetId} and counted.hosts > 0 and ${where(filter)}`.execute(db);
  return rows[0]?.total ?? 0;
}

export async function findTitle(db: Db, id: number, fleetId: number): Promise<TitleRow | null> {
  const { rows } = await sql<TitleRow>`
    select ${COLUMNS} from inventory.title as title
    left join inventory.title_fleet as counted on counted.title_id = title.id and counted.fleet_id = ${fleetId}
    where title.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

export interface TitleVersion {
  title_id: number;
  id: number;
  version: string;
  hosts: number;
}

/** Versions of titles that hosts of the fleet have, most hosts first. */
export async function listVersionsOfTitles(db: Db, titleIds: number[], fleetId: number): Promise<TitleVersion[]> {
  const { rows } = await sql<TitleVersion>`
    select version.title_id, version.id, version.version, counted.hosts
    from inventory.version as version
    join inventory.version_fleet as counted on counted.version_id = version.id and counted.fleet_id = ${fleetId}
    where version.title_id = any(${titleIds}::int[]) and counted.hosts > 0
    order by version.title_id, counted.hosts desc, version.id`.execute(db);
  return rows;
}

import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import { atRisk, hiddenTitles, type SoftwareFilter, titlesByText } from './matching.ts';
import { afterNumber, byNumber, type Counted, direction, type PageOrder, readCounted, slice } from './page.ts';

export interface TitleFilter extends SoftwareFilter {
  /** Only these titles, and of them also such as no host has. */
  titleIds?: number[];
}

export type TitleOrder = PageOrder<'name' | 'hosts_count'>;

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
  /** What a list in the order of names goes on from. */
  sort_name: string;
}

const COLUMNS = sql`title.id, title.name, title.display_name, title.source, title.extension_for, title.bundle_identifier,
  title.application_id, title.upgrade_code, coalesce(counted.hosts, 0) as hosts, title.sort_name`;
const counter = sql`inventory.title_fleet as counted`;
const hosts = sql`counted.hosts`;
const titleId = sql`counted.title_id`;
const WHOLE = sql`join inventory.title as title on title.id = counted.title_id`;

function afterName({ after, descending }: TitleOrder, id = sql`title.id`) {
  if (!after) return sql`true`;
  return sql`(title.sort_name, ${id}) ${descending ? sql`<` : sql`>`} (${after.value}::text, ${after.id}::int)`;
}

/**
 * One page of all titles that hosts of the fleet have; their total is stored. By hosts it walks the index of the counters; by name it
 * walks the titles in order and probes the counter of each, a shape the planner does not find for a join.
 */
export async function listTitles(db: Db, fleetId: number, order: TitleOrder): Promise<TitleRow[]> {
  const by = direction(order.descending);
  const { rows } =
    order.key === 'hosts_count'
      ? await sql<TitleRow>`
          select ${COLUMNS} from (
            select title_id, hosts from ${counter}
            where fleet_id = ${fleetId} and hosts > 0 and title_id not in (${hiddenTitles})
              and ${afterNumber(order, hosts, titleId)}
            ${byNumber(order, hosts, titleId)} ${slice(order)}
          ) as counted ${WHOLE} ${byNumber(order, hosts, titleId)}`.execute(db)
      : await sql<TitleRow>`
          select ${COLUMNS} from inventory.title as title
          cross join lateral (
            select hosts from ${counter}
            where counted.fleet_id = ${fleetId} and counted.title_id = title.id and counted.hosts > 0 offset 0
          ) as counted
          where title.kind = 'normal' and ${afterName(order)}
          order by title.sort_name ${by}, title.id ${by} ${slice(order)}`.execute(db);
  return rows;
}

/** What a filter finds of the titles that hosts of the fleet have, or of titles by id. */
export function findTitles(db: Db, filter: TitleFilter, order: TitleOrder): Promise<Counted<TitleRow>> {
  const { fleetId, text, source, titleIds, risk } = filter;
  const hits = sql`
    select title.id as title_id, coalesce(counted.hosts, 0) as hosts
    from inventory.title as title ${titleIds ? sql`left join` : sql`join`} ${counter}
      on counted.fleet_id = ${fleetId} and counted.title_id = title.id and counted.hosts > 0
    where title.kind = 'normal'
      ${titleIds === undefined ? sql`` : sql`and title.id = any(${titleIds}::int[])`}
      ${text === undefined ? sql`` : sql`and title.id = any(array(${titlesByText(text, fleetId)}))`}
      ${source === undefined ? sql`` : sql`and title.source = ${source}`}
      ${risk === undefined ? sql`` : sql`and title.id in (select distinct title_id from (${atRisk(filter)}) as at_risk)`}`;
  return readCounted(db, { hits, page: order.key === 'name' ? pageByName(order) : pageByHosts(order) });
}

function pageByName(order: TitleOrder) {
  const by = direction(order.descending);
  return sql`select ${COLUMNS} from hits as counted ${WHOLE} where ${afterName(order)}
    order by title.sort_name ${by}, title.id ${by} ${slice(order)}`;
}

const pageByHosts = (order: TitleOrder) => sql`
  select ${COLUMNS} from (
    select * from hits as counted where ${afterNumber(order, hosts, titleId)} ${byNumber(order, hosts, titleId)} ${slice(order)}
  ) as counted ${WHOLE} ${byNumber(order, hosts, titleId)}`;

export async function findTitle(db: Db, id: number, fleetId: number): Promise<TitleRow | null> {
  const { rows } = await sql<TitleRow>`
    select ${COLUMNS} from inventory.title as title
    left join ${counter} on counted.title_id = title.id and counted.fleet_id = ${fleetId}
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

/** The name people gave a title: lists show it and sort by it. @returns what it was called; null without such a title */
export async function lockTitle(
  db: Db,
  id: number,
): Promise<{ display_name: string; bundle_identifier: string } | null> {
  const row = await db
    .selectFrom('inventory.title')
    .select(['display_name', 'bundle_identifier'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export const nameTitle = (db: Db, id: number, { name, sortName }: { name: string; sortName: string }) =>
  db.updateTable('inventory.title').set({ display_name: name, sort_name: sortName }).where('id', '=', id).execute();

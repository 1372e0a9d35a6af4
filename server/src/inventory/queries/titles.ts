import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import { atRisk, hiddenTitles, type SoftwareFilter, titlesByText } from './matching.ts';
import { afterNumber, byNumber, type Counted, direction, type PageOrder, readCounted, slice } from './page.ts';
import { type RankKey, rankedTitles } from './rank.ts';

export interface TitleFilter extends SoftwareFilter {
  /** Only these titles, and of them also such as no host has. */
  titleIds?: number[];
}

export type TitleOrder = PageOrder<'name' | 'hosts_count' | RankKey>;

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
  /** What a list in the order of a figure goes on from. */
  rank?: string;
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

/** One page of all titles that hosts of the fleet have; their total is stored. */
export async function listTitles(db: Db, fleetId: number, order: TitleOrder): Promise<TitleRow[]> {
  const { rows } = await sql<TitleRow>`${pageOfAll(fleetId, order)}`.execute(db);
  return rows;
}

function pageOfAll(fleetId: number, order: TitleOrder) {
  if (order.key === 'name') return walkNames(fleetId, order);
  const all = sql`
    select title_id, hosts from ${counter}
    where fleet_id = ${fleetId} and hosts > 0 and title_id not in (${hiddenTitles})`;
  if (order.key !== 'hosts_count') return pageByRank(all, fleetId, order);
  // Along the index of the counters.
  return sql`
    select ${COLUMNS} from (
      ${all} and ${afterNumber(order, hosts, titleId)} ${byNumber(order, hosts, titleId)} ${slice(order)}
    ) as counted ${WHOLE} ${byNumber(order, hosts, titleId)}`;
}

/** Along the titles in order, probing the counter of each: a shape the planner does not find for a join. */
function walkNames(fleetId: number, order: TitleOrder) {
  const by = direction(order.descending);
  return sql`
    select ${COLUMNS} from inventory.title as title
    cross join lateral (
      select hosts from ${counter}
      where counted.fleet_id = ${fleetId} and counted.title_id = title.id and counted.hosts > 0 offset 0
    ) as counted
    where title.kind = 'normal' and ${afterName(order)}
    order by title.sort_name ${by}, title.id ${by} ${slice(order)}`;
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
      ${risk === undefined ? sql`` : sql`and title.id in (select distinct title_id from (${atRisk(fleetId, risk)}) as at_risk)`}`;
  return readCounted(db, { hits, page: pageOfHits(fleetId, order) });
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

function pageByRank(all: RawBuilder<unknown>, fleetId: number, order: TitleOrder) {
  const rank = sql`counted.rank`;
  return sql`
    select ${COLUMNS}, counted.rank::text as rank from (
      select * from (${rankedTitles(order.key as RankKey, all, fleetId)}) as counted
      where ${afterNumber(order, rank, titleId)} ${byNumber(order, rank, titleId)} ${slice(order)}
    ) as counted ${WHOLE} ${byNumber(order, rank, titleId)}`;
}

function pageOfHits(fleetId: number, order: TitleOrder) {
  if (order.key === 'name') return pageByName(order);
  return order.key === 'hosts_count' ? pageByHosts(order) : pageByRank(sql`select * from hits`, fleetId, order);
}

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

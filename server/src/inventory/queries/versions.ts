import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import { atRisk, exploitedVersions, hiddenTitles, type SoftwareFilter, versionsByText } from './matching.ts';
import { afterNumber, byNumber, type Counted, direction, type PageOrder, readCounted, slice } from './page.ts';
import { type RankKey, rankedVersions } from './rank.ts';

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
  /** What a list in the order of names goes on from. */
  sort_name: string;
  /** What a list in the order of a figure goes on from. */
  rank?: string;
}

export type VersionOrder = PageOrder<'name' | 'hosts_count' | RankKey>;

export const VERSION_COLUMNS = sql`version.id, version.title_id, version.name, title.display_name, version.version, version.source,
  version.vendor, version.arch, version.release, version.bundle_identifier, version.extension_id, version.extension_for,
  version.application_id, version.upgrade_code, coalesce(counted.hosts, 0) as hosts, title.sort_name`;

const counter = sql`inventory.version_fleet as counted`;
const hosts = sql`counted.hosts`;
const versionId = sql`counted.version_id`;

/** Added to the hosts of what is known to be exploited: more than there can be hosts. */
const EXPLOITED_RANK = 10_000_000_000;

/** One page of all versions that hosts of the fleet have; their total is stored. */
export async function listVersions(db: Db, fleetId: number, order: VersionOrder): Promise<VersionRow[]> {
  const shapes = { name: walkNames, hosts_count: walkHosts, cisa_known_exploit: exploitedFirst };
  const { key } = order;
  const shape = key === 'name' || key === 'hosts_count' || key === 'cisa_known_exploit' ? shapes[key] : sortRanks;
  const { rows } = await sql<VersionRow>`${shape(fleetId, order)}`.execute(db);
  return rows;
}

const hiddenVersions = sql`select hidden.id from inventory.version as hidden where hidden.title_id in (${hiddenTitles})`;
const WHOLE = sql`join inventory.version as version on version.id = counted.version_id
  join inventory.title as title on title.id = version.title_id`;

/** Along the index of the counters; only of the page the rest is read. */
const walkHosts = (fleetId: number, order: VersionOrder) => sql`
  select ${VERSION_COLUMNS} from (
    select version_id, hosts from ${counter}
    where fleet_id = ${fleetId} and hosts > 0 and version_id not in (${hiddenVersions}) and ${afterNumber(order, hosts, versionId)}
    ${byNumber(order, hosts, versionId)} ${slice(order)}
  ) as counted ${WHOLE} ${byNumber(order, hosts, versionId)}`;

/** Along the names of titles, probing the counter of each of their versions: a shape the planner does not find for a join. */
function walkNames(fleetId: number, order: VersionOrder) {
  const by = direction(order.descending);
  const sorted = sql`order by title.sort_name ${by}, title.id ${by}, counted.version_id ${by}`;
  return sql`
    select ${VERSION_COLUMNS} from (
      select counted.* from inventory.title as title
      cross join lateral (
        select named.id as version_id, probed.hosts from inventory.version as named
        cross join lateral (
          select hosts from ${counter}
          where counted.fleet_id = ${fleetId} and counted.version_id = named.id and counted.hosts > 0 offset 0
        ) as probed
        where named.title_id = title.id offset 0
      ) as counted
      where title.kind = 'normal' and ${beyondTitle(order)} and ${afterName(order, versionId)} ${sorted} ${slice(order)}
    ) as counted ${WHOLE} ${sorted}`;
}

const titleOf = (id: number) => sql`coalesce((select title_id from inventory.version where id = ${id}), ${id})`;

/** Of titles before the position the walk need not probe anything. */
function beyondTitle({ after, descending }: VersionOrder) {
  if (!after) return sql`true`;
  const seen = sql`(${after.value}::text, ${titleOf(after.id)})`;
  return descending ? sql`(title.sort_name, title.id) <= ${seen}` : sql`(title.sort_name, title.id) >= ${seen}`;
}

function afterName({ after, descending }: VersionOrder, id: RawBuilder<unknown>) {
  if (!after) return sql`true`;
  const seen = sql`(${after.value}::text, ${titleOf(after.id)}, ${after.id}::int)`;
  return sql`(title.sort_name, title.id, ${id}) ${descending ? sql`<` : sql`>`} ${seen}`;
}

/** The few that are exploited, and as much of the others as the page can need, each along its own index. */
function exploitedFirst(fleetId: number, order: VersionOrder) {
  const enough = sql`limit ${order.offset + order.limit}`;
  const rank = sql`counted.hosts + ${EXPLOITED_RANK}::bigint`;
  return sql`
    with exploited as materialized (${exploitedVersions})
    select ${VERSION_COLUMNS}, counted.rank::text as rank from (
      select * from (
        (select version_id, hosts, ${rank} as rank from ${counter}
          where fleet_id = ${fleetId} and hosts > 0 and version_id in (select version_id from exploited)
            and ${afterNumber(order, rank, versionId)} ${byNumber(order, rank, versionId)} ${enough})
        union all
        (select version_id, hosts, hosts::bigint as rank from ${counter}
          where fleet_id = ${fleetId} and hosts > 0 and version_id not in (${hiddenVersions})
            and version_id not in (select version_id from exploited) and ${afterNumber(order, hosts, versionId)} ${byNumber(order, hosts, versionId)} ${enough})
      ) as counted ${byNumber(order, sql`counted.rank`, versionId)} ${slice(order)}
    ) as counted ${WHOLE} ${byNumber(order, sql`counted.rank`, versionId)}`;
}

/** All versions the fleet has, sorted: figures are of versions and hosts of fleets, so that no index has both. */
const sortRanks = (fleetId: number, order: VersionOrder) =>
  pageByRank(
    sql`select version_id, hosts from ${counter}
      where fleet_id = ${fleetId} and hosts > 0 and version_id not in (${hiddenVersions})`,
    order,
  );

function pageByRank(all: RawBuilder<unknown>, order: VersionOrder) {
  const rank = sql`counted.rank`;
  return sql`
    select ${VERSION_COLUMNS}, counted.rank::text as rank from (
      select * from (${rankedVersions(order.key as RankKey, all)}) as counted
      where ${afterNumber(order, rank, versionId)} ${byNumber(order, rank, versionId)} ${slice(order)}
    ) as counted ${WHOLE} ${byNumber(order, rank, versionId)}`;
}

/** What a filter finds of the versions that hosts of the fleet have, in any order. */
export function findVersions(db: Db, filter: SoftwareFilter, order: VersionOrder): Promise<Counted<VersionRow>> {
  const { fleetId, text, source } = filter;
  const hits = filter.risk
    ? sql`${atRisk(fleetId, filter.risk)} ${text === undefined ? sql`` : sql`and risk.version_id in (select id from (${versionsByText(text)}) as named)`}`
    : sql`
      select counted.version_id, named.title_id, counted.hosts
      from ${text === undefined ? sql`inventory.version` : sql`(${versionsByText(text)})`} as named
      join ${counter} on counted.fleet_id = ${fleetId} and counted.version_id = named.id and counted.hosts > 0
      where named.title_id not in (${hiddenTitles})`;
  const ofSource =
    source === undefined ? sql`` : sql`and title_id in (select id from inventory.title where source = ${source})`;
  return readCounted(db, {
    hits: sql`${hits} ${ofSource}`,
    page: pageOfHits(order),
  });
}

function pageByName(order: VersionOrder) {
  const by = direction(order.descending);
  const sorted = sql`order by title.sort_name ${by}, title.id ${by}, counted.version_id ${by}`;
  return sql`
    select ${VERSION_COLUMNS} from (
      select counted.* from hits as counted join inventory.title as title on title.id = counted.title_id
      where ${afterName(order, versionId)} ${sorted} ${slice(order)}
    ) as counted ${WHOLE} ${sorted}`;
}

const pageByHosts = (order: VersionOrder) => sql`
  select ${VERSION_COLUMNS} from (
    select * from hits as counted where ${afterNumber(order, hosts, versionId)} ${byNumber(order, hosts, versionId)} ${slice(order)}
  ) as counted ${WHOLE} ${byNumber(order, hosts, versionId)}`;

function pageOfHits(order: VersionOrder) {
  if (order.key === 'name') return pageByName(order);
  return order.key === 'hosts_count' ? pageByHosts(order) : pageByRank(sql`select * from hits`, order);
}

export async function findVersion(db: Db, id: number, fleetId: number): Promise<VersionRow | null> {
  const { rows } = await sql<VersionRow>`
    select ${VERSION_COLUMNS} from inventory.version as version join inventory.title as title on title.id = version.title_id
    left join ${counter} on counted.version_id = version.id and counted.fleet_id = ${fleetId}
    where version.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

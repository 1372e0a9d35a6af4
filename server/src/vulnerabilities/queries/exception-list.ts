import type { VulnerabilityException } from '@flotilla/contract/exceptions';
import { sql } from 'kysely';
import type { Position } from '../../kernel/cursor.ts';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { EndedWhy } from '../exceptions/exception.ts';

export interface ExceptionRow
  extends Pick<VulnerabilityException, 'id' | 'cve' | 'status' | 'justification' | 'reason' | 'state'> {
  title_id: number | null;
  title: string | null;
  version_id: number | null;
  version_title_id: number | null;
  version_name: string | null;
  version: string | null;
  fleet_id: number | null;
  label_id: number | null;
  host_id: number | null;
  scope_name: string | null;
  /** Of the fleet, of the label's or of the host's; null: of all fleets together; -1 where nobody can tell any more. */
  scope_fleet_id: number | null;
  owner_id: number | null;
  owner: string | null;
  since: Date;
  until: Date | null;
  created_at: Date;
  ended_at: Date | null;
  ended_why: EndedWhy | null;
  ended_by: number | null;
  ended_by_name: string | null;
  vex_document: string | null;
  vex_statement: string | null;
  /** What the list is ordered by. */
  ordered_by: string;
}

const SCOPE_FLEET = sql`case when exception.label_id is not null and label.id is null then -1
  else coalesce(exception.fleet_id, label.fleet_id, case when exception.host_id is not null then coalesce(host.fleet_id, 0) end) end`;

const COLUMNS = sql`exception.*, vulnerability.name as cve, title.display_name as title, version.title_id as version_title_id,
  version.name as version_name, version.version, ${SCOPE_FLEET} as scope_fleet_id,
  coalesce(fleet.name, label.name, nullif(host.display_name, ''), host.hostname) as scope_name,
  owner.name as owner, ender.name as ended_by_name`;

const FROM = sql`vulnerabilities.exception as exception
  left join vulnerabilities.vulnerability as vulnerability on vulnerability.id = exception.vulnerability_id
  left join inventory.title as title on title.id = exception.title_id
  left join inventory.version as version on version.id = exception.version_id
  left join fleets.fleet as fleet on fleet.id = exception.fleet_id
  left join hosts.label as label on label.id = exception.label_id
  left join hosts.host as host on host.id = exception.host_id
  left join accounts.account as owner on owner.id = exception.owner_id
  left join accounts.account as ender on ender.id = exception.ended_by`;

const ORDERS = {
  created_at: sql`extract(epoch from exception.created_at)`,
  until: sql`extract(epoch from coalesce(exception.until, 'infinity'))`,
};

export interface ExceptionFilter {
  /** Those for any of these fleets, and those for all; null: all. */
  fleetIds: readonly number[] | null;
  state?: 'planned' | 'active' | 'ended' | 'living';
  cve?: string;
  titleId?: number;
  hostId?: number;
  expiringBefore?: Date;
}

export interface ExceptionOrder {
  key: keyof typeof ORDERS;
  descending: boolean;
  offset: number;
  limit: number;
  after: Position | null;
}

function where({ fleetIds, state, cve, titleId, hostId, expiringBefore }: ExceptionFilter) {
  const all = [sql`true`];
  if (fleetIds) all.push(sql`(${SCOPE_FLEET} is null or ${SCOPE_FLEET} = any(${ints(fleetIds)}::int[]))`);
  if (state === 'living') all.push(sql`exception.state <> 'ended'`);
  else if (state) all.push(sql`exception.state = ${state}`);
  if (cve)
    all.push(sql`(exception.vulnerability_id = (select id from vulnerabilities.vulnerability where name = upper(${cve}))
    or exists (select from vulnerabilities.exception_finding as about
      where about.exception_id = exception.id and exception.vulnerability_id is null
        and about.vulnerability_id = (select id from vulnerabilities.vulnerability where name = upper(${cve}))))`);
  if (titleId !== undefined) all.push(sql`(exception.title_id = ${titleId} or version.title_id = ${titleId})`);
  if (hostId !== undefined) {
    all.push(sql`exists (select from vulnerabilities.exception_host as named
      where named.exception_id = exception.id and named.host_id = ${hostId})`);
  }
  if (expiringBefore) all.push(sql`exception.until < ${expiringBefore}`);
  return sql.join(all, sql` and `);
}

/** Exceptions; there are some thousands at most, so they are sorted. */
export async function listExceptions(db: Db, filter: ExceptionFilter, order: ExceptionOrder): Promise<ExceptionRow[]> {
  const by = ORDERS[order.key];
  const direction = order.descending ? sql`desc` : sql`asc`;
  const beyond = order.after
    ? sql`(${by}, exception.id) ${order.descending ? sql`<` : sql`>`} (${String(order.after.value)}::text::numeric, ${order.after.id})`
    : sql`true`;
  const { rows } = await sql<ExceptionRow>`
    select ${COLUMNS}, (${by})::text as ordered_by from ${FROM} where ${where(filter)} and ${beyond}
    order by ${by} ${direction}, exception.id ${direction} offset ${order.offset} limit ${order.limit}`.execute(db);
  return rows;
}

export async function countExceptions(db: Db, filter: ExceptionFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from ${FROM} where ${where(filter)}`.execute(db);
  return rows[0]?.total ?? 0;
}

/** In the order of their ids. */
export async function readExceptions(db: Db | Tx, ids: number[]): Promise<ExceptionRow[]> {
  const { rows } = await sql<ExceptionRow>`
    select ${COLUMNS}, '' as ordered_by from ${FROM} where exception.id = any(${ints(ids)}::int[]) order by exception.id`.execute(
    db,
  );
  return rows;
}

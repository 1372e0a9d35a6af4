import { type RawBuilder, sql } from 'kysely';
import type { Position } from '../../../kernel/cursor.ts';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Db } from '../../../kernel/db/database.ts';

export interface DueFilter {
  /** Null: all. 0 stands for hosts in no fleet. */
  fleetIds: readonly number[] | null;
  now: Date;
  /** Only what is due before. */
  before: Date;
  cve?: string;
  hostId?: number;
}

export interface DueOrder {
  offset: number;
  limit: number;
  after: Position | null;
}

const FROM = sql`vulnerabilities.host_due as due join hosts.host as host on host.id = due.host_id`;

const where = ({ fleetIds, before, cve, hostId }: DueFilter) => sql`due.due < ${before}
  ${fleetIds === null ? sql`` : sql`and coalesce(host.fleet_id, 0) = any(${ints(fleetIds)}::int[])`}
  ${cve === undefined ? sql`` : sql`and due.vulnerability_id = (select id from vulnerabilities.vulnerability where name = upper(${cve}))`}
  ${hostId === undefined ? sql`` : sql`and due.host_id = ${hostId}`}`;

const beyond = (after: Position | null, id: string) =>
  after ? sql`having (min(due.due), ${sql.ref(id)}) > (${String(after.value)}::timestamptz, ${after.id}::int)` : sql``;

export interface DueCounts {
  findings: number;
  hosts: number;
  vulnerabilities: number;
}

const counts = (only: RawBuilder<unknown>) => sql`jsonb_build_object('findings', count(*) filter (where ${only}),
    'hosts', count(distinct due.host_id) filter (where ${only}),
    'vulnerabilities', count(distinct due.vulnerability_id) filter (where ${only}))`;

/** What is overdue, what is due only later, and both. */
export async function countDue(db: Db, filter: DueFilter): Promise<Record<'overdue' | 'soon' | 'all', DueCounts>> {
  const { rows } = await sql<Record<'overdue' | 'soon' | 'all', DueCounts>>`
    select ${counts(sql`due.due < ${filter.now}`)} as overdue, ${counts(sql`due.due >= ${filter.now}`)} as soon,
      ${counts(sql`true`)} as all
    from ${FROM} where ${where(filter)}`.execute(db);
  const none = { findings: 0, hosts: 0, vulnerabilities: 0 };
  return rows[0] ?? { overdue: none, soon: none, all: none };
}

/** Whether some dates are yet to be worked out anew. */
export async function isUnsettled(db: Db): Promise<boolean> {
  const { rows } = await sql<{ is_unsettled: boolean }>`
    select exists (select from vulnerabilities.due_wanted) or exists (select from vulnerabilities.host_due_wanted)
      or exists (select from vulnerabilities.rating_wanted) as is_unsettled`.execute(db);
  return rows[0]?.is_unsettled ?? false;
}

export interface DueHostRow {
  host_id: number;
  display_name: string;
  fleet_id: number | null;
  findings: number;
  overdue: number;
  first_due_at: Date;
}

/** Hosts by what of theirs is due first. */
export async function listDueHosts(db: Db, filter: DueFilter, order: DueOrder): Promise<DueHostRow[]> {
  const { rows } = await sql<DueHostRow>`
    select host.id as host_id, host.display_name, host.fleet_id, count(*)::int as findings,
      count(*) filter (where due.due < ${filter.now})::int as overdue, min(due.due) as first_due_at
    from ${FROM} where ${where(filter)} group by host.id ${beyond(order.after, 'host.id')}
    order by min(due.due), host.id offset ${order.offset} limit ${order.limit}`.execute(db);
  return rows;
}

export interface DueVulnerabilityRow {
  id: number;
  cve: string;
  cisa_known_exploit: boolean;
  severity: string | null;
  hosts: number;
  overdue_hosts: number;
  first_due_at: Date;
}

/** Vulnerabilities by where they are due first. */
export async function listDueVulnerabilities(
  db: Db,
  filter: DueFilter,
  order: DueOrder,
): Promise<DueVulnerabilityRow[]> {
  const { rows } = await sql<DueVulnerabilityRow>`
    select vulnerability.id, vulnerability.name as cve, vulnerability.exploited_since is not null as cisa_known_exploit,
      vulnerability.severity, count(*)::int as hosts, count(*) filter (where due.due < ${filter.now})::int as overdue_hosts,
      min(due.due) as first_due_at
    from ${FROM} join vulnerabilities.vulnerability as vulnerability on vulnerability.id = due.vulnerability_id
    where ${where(filter)} group by vulnerability.id ${beyond(order.after, 'vulnerability.id')}
    order by min(due.due), vulnerability.id offset ${order.offset} limit ${order.limit}`.execute(db);
  return rows;
}

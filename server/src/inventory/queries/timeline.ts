import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';

/**
 * What was found on a host and when: as long as the host has the software and the finding stands. Other domains' tables are
 * only read here.
 */
const found = (hostId: number) => sql`
  select finding.vulnerability_id, greatest(have.since, finding.since) as opened, least(have.gone, finding.closed) as closed
  from (
    select software_id, since, 'infinity'::timestamptz as gone from inventory.host_software where host_id = ${hostId}
    union all select software_id, since, gone from inventory.host_software_past where host_id = ${hostId}
  ) as have
  join (
    select software_id, vulnerability_id, since, 'infinity'::timestamptz as closed from vulnerabilities.finding where is_active
    union all select software_id, vulnerability_id, since, closed_at from vulnerabilities.finding_past where is_active
  ) as finding on finding.software_id = have.software_id
  where greatest(have.since, finding.since) < least(have.gone, finding.closed)`;

/** Moments before `before` at which anything happened on the host, newest first. */
export async function readEventTimes(
  db: Db,
  hostId: number,
  { before, limit }: { before: Date; limit: number },
): Promise<Date[]> {
  const { rows } = await sql<{ at: Date }>`
    with found as materialized (${found(hostId)})
    select at from (
      select distinct since as at from inventory.host_software where host_id = ${hostId}
      union select distinct since from inventory.host_software_past where host_id = ${hostId}
      union select distinct gone from inventory.host_software_past where host_id = ${hostId}
      union select distinct opened from found
      union select distinct closed from found where closed < 'infinity'
      union select at from installation.task_event where host_id = ${hostId} and to_state <> 'offered'
      union select at from policies.policy_change where host_id = ${hostId}
    ) as moments where at < ${before} order by at desc limit ${limit}`.execute(db);
  return rows.map((row) => row.at);
}

export interface Span {
  from: Date;
  until: Date;
}

export interface FoundChange {
  name: string;
  at: Date;
  isOpened: boolean;
}

/** Findings that opened or closed on the host within a span, both ends included. */
export async function readFoundChanges(db: Db, hostId: number, { from, until }: Span): Promise<FoundChange[]> {
  const { rows } = await sql<FoundChange>`
    with found as materialized (${found(hostId)})
    select distinct vulnerability.name, change.at, change.opened as "isOpened" from (
      select vulnerability_id, opened as at, true as opened from found
      union all select vulnerability_id, closed, false from found where closed < 'infinity'
    ) as change join vulnerabilities.vulnerability as vulnerability on vulnerability.id = change.vulnerability_id
    where change.at between ${from} and ${until} order by vulnerability.name`.execute(db);
  return rows;
}

export interface TaskChange {
  at: Date;
  id: string;
  kind: 'install' | 'uninstall' | 'script';
  title: string;
  version: string;
  to_state: string;
  by: string;
  reason: string;
}

/** What became of tasks of the host within a span; that they were offered is nobody's news. */
export async function readTaskChanges(db: Db, hostId: number, { from, until }: Span): Promise<TaskChange[]> {
  const { rows } = await sql<TaskChange>`
    select event.at, task.id, task.kind, coalesce(title.display_name, '') as title, coalesce(package.version, '') as version,
      event.to_state, event.by, event.reason
    from installation.task_event as event join installation.task as task on task.id = event.task_id
    left join inventory.title as title on title.id = task.title_id
    left join installation.package as package on package.id = task.package_id
    where event.host_id = ${hostId} and event.at between ${from} and ${until} and event.to_state <> 'offered'
    order by event.at, event.task_id, event.no`.execute(db);
  return rows;
}

export interface PolicyChange {
  at: Date;
  policy_id: number;
  policy_name: string;
  passes: boolean | null;
}

/** How the host's answers to policies changed within a span. */
export const readPolicyChanges = (db: Db, hostId: number, { from, until }: Span): Promise<PolicyChange[]> =>
  db
    .selectFrom('policies.policy_change')
    .select(['at', 'policy_id', 'policy_name', 'passes'])
    .where('host_id', '=', hostId)
    .where('at', '>=', from)
    .where('at', '<=', until)
    .orderBy('policy_name')
    .execute();

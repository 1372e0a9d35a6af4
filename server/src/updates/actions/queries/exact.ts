import { sql } from 'kysely';
import { ALL_FLEETS } from '../../../kernel/counters/spec.ts';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Db } from '../../../kernel/db/database.ts';

/** A vulnerability in the software of an action, with distinct hosts. */
export interface ExactVulnerability {
  action_id: number;
  vulnerability_id: number;
  /** That the update frees of it; where there is none, that have it. */
  hosts: number;
  kept: number;
  exposure: number;
  is_exploited: boolean;
  severity: number | null;
  due_at: Date | null;
}

export interface ExactCount {
  /** Distinct hosts by action. */
  hosts: Map<number, number>;
  vulnerabilities: ExactVulnerability[];
}

/**
 * Counts hosts and not versions. Most hosts have the same software of an action as many others, so hosts are counted by what they
 * have of it first, and vulnerabilities only by these few sets.
 * @param fleetIds null are all
 */
export async function countExactly(
  db: Db,
  actionIds: number[],
  fleetIds: readonly number[] | null,
): Promise<ExactCount> {
  if (actionIds.length === 0) return { hosts: new Map(), vulnerabilities: [] };
  const { rows } = await sql<ExactVulnerability & { vulnerability_id: number | null }>`
    with carried as materialized (
      select row_number() over () as no, action_id, software_ids, count(*) as hosts from (
        select member.action_id, have.host_id, array_agg(have.software_id order by have.software_id) as software_ids
        from vulnerabilities.action_software as member
        join inventory.host_software as have on have.software_id = member.software_id ${there(fleetIds)}
        where member.action_id = any(${ints(actionIds)}::int[]) group by 1, 2
      ) as each group by action_id, software_ids
    ), told as materialized (
      select carried.no, carried.action_id, carried.hosts, finding.vulnerability_id, bool_and(is_meant) as is_meant,
        bool_or(is_meant) as concerns, max(effect.exposure) as exposure, bool_or(effect.is_exploited) as is_exploited,
        max(effect.severity) as severity, min(effect.due_at) as due_at
      from carried cross join unnest(carried.software_ids) as each (software_id)
      join vulnerabilities.finding as finding on finding.software_id = each.software_id and finding.is_active
      join vulnerabilities.action_vulnerability as effect on effect.action_id = carried.action_id
        and effect.vulnerability_id = finding.vulnerability_id and effect.fix_version = coalesce(finding.fix_version, '')
      join vulnerabilities.action as action on action.id = carried.action_id
      cross join lateral (select effect.is_cleared or action.fix_version is null as is_meant) as asked
      group by 1, 2, 3, 4
    )
    select action_id, vulnerability_id, coalesce(sum(hosts) filter (where is_meant), 0)::float8 as hosts,
      coalesce(sum(hosts) filter (where not is_meant), 0)::float8 as kept, max(exposure) as exposure,
      bool_or(is_exploited) as is_exploited, max(severity) as severity, min(due_at) filter (where is_meant) as due_at
    from told group by 1, 2
    union all
    select action_id, null, sum(hosts)::float8, 0, 0, false, null, null
    from (select distinct no, action_id, hosts from told where concerns) as concerned group by 1`.execute(db);
  return {
    hosts: new Map(rows.filter((row) => row.vulnerability_id === null).map((row) => [row.action_id, row.hosts])),
    vulnerabilities: rows.filter((row) => row.vulnerability_id !== null),
  };
}

/**
 * Those of some actions that are counted quickly: with at most so many pairs of a host and a version, in all fleets, as hosts of
 * other fleets are met on the way.
 */
export async function findSmall(db: Db, actionIds: number[], most: number): Promise<number[]> {
  const { rows } = await sql<{ action_id: number }>`
    select risk.action_id from vulnerabilities.action_version as risk
    join inventory.version_fleet as counted on counted.version_id = risk.version_id and counted.fleet_id = ${ALL_FLEETS}
    where risk.action_id = any(${ints(actionIds)}::int[]) group by 1 having sum(counted.hosts) <= ${most}`.execute(db);
  return rows.map((row) => row.action_id);
}

const there = (fleetIds: readonly number[] | null) =>
  fleetIds === null
    ? sql``
    : sql`join hosts.host as host on host.id = have.host_id and coalesce(host.fleet_id, 0) = any(${ints(fleetIds)}::int[])`;

export async function readNames(
  db: Db,
  vulnerabilityIds: number[],
): Promise<Map<number, { name: string; cvss: number | null }>> {
  const rows = await db
    .selectFrom('vulnerabilities.vulnerability')
    .select(['id', 'name', 'cvss'])
    .where('id', '=', sql<number>`any(${ints(vulnerabilityIds)}::int[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

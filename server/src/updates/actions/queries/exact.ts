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
 * have of it first, and vulnerabilities only by these few sets. Hosts of which an exception says something stand apart.
 * @param fleetIds null are all
 */
export async function countExactly(
  db: Db,
  actionIds: number[],
  fleetIds: readonly number[] | null,
): Promise<ExactCount> {
  if (actionIds.length === 0) return { hosts: new Map(), vulnerabilities: [] };
  const { rows } = await sql<ExactVulnerability & { vulnerability_id: number | null }>`
    with split as materialized (
      select finding.software_id, finding.vulnerability_id from vulnerabilities.action_software as member
      join vulnerabilities.finding as finding on finding.software_id = member.software_id and finding.is_open and finding.is_split
      where member.action_id = any(${ints(actionIds)}::int[])
    ), exempt as materialized (
      select have.host_id, have.software_id, array_agg(split.vulnerability_id order by split.vulnerability_id) as vulnerability_ids
      from split join inventory.host_software as have on have.software_id = split.software_id
      where vulnerabilities.is_exempt(split.software_id, split.vulnerability_id, have.host_id) group by 1, 2
    ), carried as materialized (
      select row_number() over () as no, action_id, software, count(*) as hosts from (
        select member.action_id, have.host_id,
          jsonb_agg(jsonb_build_array(have.software_id, exempt.vulnerability_ids) order by have.software_id) as software
        from vulnerabilities.action_software as member
        join inventory.host_software as have on have.software_id = member.software_id ${onHostsOf(fleetIds)}
        left join exempt on exempt.host_id = have.host_id and exempt.software_id = have.software_id
        where member.action_id = any(${ints(actionIds)}::int[]) group by 1, 2
      ) as each group by action_id, software
    ), told as materialized (
      select carried.no, carried.action_id, carried.hosts, finding.vulnerability_id, bool_and(is_meant) as is_meant,
        bool_or(is_meant) as concerns, max(effect.exposure) as exposure, bool_or(effect.is_exploited) as is_exploited,
        max(effect.severity) as severity, min(effect.due_at) as due_at
      from carried cross join jsonb_array_elements(carried.software) as each (has)
      join vulnerabilities.finding as finding on finding.software_id = (each.has -> 0)::int and finding.is_open
        and not (finding.is_split and coalesce(each.has -> 1 @> to_jsonb(finding.vulnerability_id), false))
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

/** Of `have`, only hosts of some fleets. */
export const onHostsOf = (fleetIds: readonly number[] | null) =>
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

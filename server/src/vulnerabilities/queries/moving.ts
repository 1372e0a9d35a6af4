import { sql } from 'kysely';
import { ALL_FLEETS } from '../../kernel/counters/spec.ts';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';

/** A finding that begins to count hosts, or ends to. */
export interface Moved {
  softwareId: number;
  vulnerabilityId: number;
  isActive: boolean;
}

const rowsOf = (moved: Moved[]) => sql`unnest(${ints(moved.map((one) => one.softwareId))}::int[],
    ${ints(moved.map((one) => one.vulnerabilityId))}::int[], ${moved.map((one) => one.isActive)}::boolean[])
    as moved (software_id, vulnerability_id, is_active)`;

/** Whether the findings are of hosts in more than `most` pairs of a finding and a host. */
export async function isMany(tx: Tx, moved: Moved[], most: number): Promise<boolean> {
  const { rows } = await sql<{ pairs: number }>`
    select count(*)::int as pairs from (
      select from ${rowsOf(moved)} join inventory.host_software as have on have.software_id = moved.software_id
      limit ${most + 1}
    ) as counted`.execute(tx);
  return (rows[0]?.pairs ?? 0) > most;
}

/**
 * How many hosts got or lost each vulnerability by findings that are already written, per fleet. A host that carries it with
 * other software has it before and after. The subquery with `offset` is asked host by host: a join would read the
 * software of all hosts.
 */
export async function countMoved(tx: Tx, moved: Moved[]): Promise<{ fleet_id: number; key: number; by: number }[]> {
  const { rows } = await sql<{ fleet_id: number; key: number; by: number }>`
    with moved as materialized (
      select * from ${rowsOf(moved)}
    ), of_vulnerability as materialized (
      select vulnerability_id, array_agg(software_id) as software_ids from moved group by 1
    ), touched as materialized (
      select moved.vulnerability_id, have.host_id, bool_or(moved.is_active)::int - bool_or(not moved.is_active)::int as by
      from moved join inventory.host_software as have on have.software_id = moved.software_id group by 1, 2
    ), by_host as (
      select touched.vulnerability_id as key, coalesce(host.fleet_id, 0) as fleet_id, touched.by
      from touched join of_vulnerability as moving on moving.vulnerability_id = touched.vulnerability_id
      join hosts.host as host on host.id = touched.host_id
      where touched.by <> 0 and not exists (
        select from vulnerabilities.finding as other
        join inventory.host_software as have on have.software_id = other.software_id and have.host_id = touched.host_id
        where other.vulnerability_id = touched.vulnerability_id and other.is_active
          and other.software_id <> all(moving.software_ids)
        offset 0)
    )
    select fleet_id, key, sum(by)::int as by from by_host group by 1, 2 having sum(by) <> 0
    union all select ${ALL_FLEETS}::int, key, sum(by)::int from by_host group by 2 having sum(by) <> 0
    order by 1, 2`.execute(tx);
  return rows;
}

/**
 * Whether an exception is or was about any of these findings, or about another of the same vulnerability: then a host that got or lost
 * one may be accepted instead. Asked before anything is written.
 */
export async function isExcepted(tx: Tx, moved: Moved[]): Promise<boolean> {
  const vulnerabilityIds = ints(new Set(moved.map((one) => one.vulnerabilityId)));
  const softwareIds = ints(new Set(moved.map((one) => one.softwareId)));
  const { rows } = await sql<{ is_excepted: boolean }>`
    select exists (select from vulnerabilities.finding where vulnerability_id = any(${vulnerabilityIds}::int[]) and (is_exempt or is_split))
      or exists (select from vulnerabilities.exception as exception where state = 'active'
        and (vulnerability_id is null or vulnerability_id = any(${vulnerabilityIds}::int[]))
        and ((title_id is null and version_id is null) or exists (
          select from inventory.software as software join inventory.version as version on version.id = software.version_id
          where software.id = any(${softwareIds}::int[])
            and (version.id = exception.version_id or version.title_id = exception.title_id)))) as is_excepted`.execute(
    tx,
  );
  return rows[0]?.is_excepted ?? false;
}

/** About how many pairs of a finding and a host there are of some vulnerabilities. */
export async function estimatePairs(tx: Tx, vulnerabilityIds: number[]): Promise<number> {
  const { rows } = await sql<{ pairs: number }>`
    select coalesce(sum(counted.hosts), 0)::float8 as pairs from vulnerabilities.finding as finding
    join inventory.software as software on software.id = finding.software_id
    join inventory.version_fleet as counted on counted.version_id = software.version_id and counted.fleet_id = ${ALL_FLEETS}
    where finding.vulnerability_id = any(${ints(vulnerabilityIds)}::int[]) and finding.is_active`.execute(tx);
  return rows[0]?.pairs ?? 0;
}

/** Has these vulnerabilities counted anew, also when this process ends before it did. */
export const wantRecount = (tx: Tx, vulnerabilityIds: number[]) =>
  sql`
    insert into vulnerabilities.recount_wanted (vulnerability_id)
    select id from unnest(${ints(vulnerabilityIds)}::int[]) as each (id) order by 1
    on conflict do nothing`.execute(tx);

export async function isRecountWanted(db: Db): Promise<boolean> {
  const one = await db
    .selectFrom('vulnerabilities.recount_wanted')
    .select('vulnerability_id')
    .limit(1)
    .executeTakeFirst();
  return one !== undefined;
}

/** Vulnerabilities to count anew, taken away: they come back if the transaction fails. */
export async function takeRecounts(tx: Tx): Promise<number[]> {
  const rows = await tx.deleteFrom('vulnerabilities.recount_wanted').returning('vulnerability_id').execute();
  return rows.map((row) => row.vulnerability_id);
}

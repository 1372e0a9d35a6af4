import { type RawBuilder, sql } from 'kysely';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../../kernel/db/database.ts';

/** Of `host`, with `DUE_POLICY_JOINS`: whether the internet can reach it. Whoever says yes counts; null where nobody said. */
export const IS_EXPOSED = sql`case when exposed_fleet.is_exposed or label_exposure.is_exposed then true
  when exposed_fleet.is_exposed is not null or label_exposure.is_exposed is not null then false end`;
/** Whose table holds for the host: -1 is that of all. */
export const DUE_POLICY = sql`coalesce(sla.fleet_id, -1)`;
export const DUE_POLICY_JOINS = sql`
  left join vulnerabilities.sla as sla on sla.fleet_id = coalesce(host.fleet_id, 0)
  left join vulnerabilities.exposed_fleet as exposed_fleet on exposed_fleet.fleet_id = coalesce(host.fleet_id, 0)
  left join vulnerabilities.label_exposure as label_exposure on label_exposure.host_id = host.id`;

/** A vulnerability that is away for less was not mended: a new version waits to be judged, or was put back at once. */
const SHORT = sql`interval '1 hour'`;

/** Which software the vulnerabilities of `wanted` were ever found in, and when. */
const FOUND = sql`found as materialized (
    select software_id, vulnerability_id, since, 'infinity'::timestamptz as until, is_open, is_split from vulnerabilities.finding
    where is_active and vulnerability_id in (select vulnerability_id from wanted)
    union all
    select software_id, vulnerability_id, since, closed_at, false, false from vulnerabilities.finding_past
    where is_active and vulnerability_id in (select vulnerability_id from wanted)
  )`;

/** All that was ever on the hosts. */
const allOn = (hosts: RawBuilder<unknown>) => sql`have as materialized (
    select host_id, software_id, since, 'infinity'::timestamptz as until from inventory.host_software where host_id = any(${hosts})
    union all
    select host_id, software_id, since, gone from inventory.host_software_past where host_id = any(${hosts})
  )`;

/** What was on the hosts of the software in `found`, since it was found there: for few vulnerabilities on many hosts. */
const foundOn = (hosts: RawBuilder<unknown>) => sql`carrier as materialized (
    select software_id, min(since) as since from found group by 1
  ), have as materialized (
    select have.host_id, have.software_id, have.since, 'infinity'::timestamptz as until
    from carrier join inventory.host_software as have on have.software_id = carrier.software_id
    where have.host_id = any(${hosts})
    union all
    select past.host_id, past.software_id, past.since, past.gone
    from carrier join inventory.host_software_past as past on past.software_id = carrier.software_id and past.gone > carrier.since
    where past.host_id = any(${hosts})
  )`;

interface Settling {
  /** Rows of host_id and vulnerability_id. */
  wanted: RawBuilder<unknown>;
  have: RawBuilder<unknown>;
  at: Date;
  /** Hosts went away: what they had is over, and not mended. */
  isRemoval?: boolean;
}

/**
 * Makes the due dates of pairs of a host and a vulnerability what software, findings, tables and exposure say now. The time of a pair
 * begins where its software began to carry it without a break: from one vulnerable version to another it goes on (data-model.md §5).
 * It goes on behind an exception too: while that covers every carrier the pair has no row, and it is not over either.
 */
const settle = (tx: Tx, { wanted, have, at, isRemoval = false }: Settling) =>
  sql`
    with wanted as materialized (${wanted}), ${FOUND}, ${have}, carried as (
      select wanted.host_id, wanted.vulnerability_id, greatest(have.since, found.since) as since, least(have.until, found.until) as until,
        case when not found.is_open or have.until < 'infinity' then false when not found.is_split then true
          else not vulnerabilities.is_exempt(found.software_id, found.vulnerability_id, wanted.host_id) end as counts
      from wanted join found on found.vulnerability_id = wanted.vulnerability_id
      join have on have.software_id = found.software_id and have.host_id = wanted.host_id
      where greatest(have.since, found.since) < least(have.until, found.until)
    ), marked as (
      select *, since <= ${SHORT} + max(until) over (
        partition by host_id, vulnerability_id order by since, until rows between unbounded preceding and 1 preceding) as goes_on
      from carried
    ), open as materialized (
      select host_id, vulnerability_id, max(since) filter (where goes_on is not true) as since, bool_or(counts) as counts
      from marked group by 1, 2 having max(until) = 'infinity'
    ), truth as materialized (
      select open.host_id, open.vulnerability_id, open.since, least(greatest(open.since, class.exploited_since) + make_interval(hours => class.days * 24),
        open.since + make_interval(hours => class.usual_days * 24)) as due
      from open join hosts.host as host on host.id = open.host_id ${DUE_POLICY_JOINS}
      join vulnerabilities.due_class as class on class.vulnerability_id = open.vulnerability_id and class.policy = ${DUE_POLICY}
        and class.exposure = case ${IS_EXPOSED} when true then 'yes' when false then 'no' else 'unknown' end
      where open.counts
    ), gone as (
      delete from vulnerabilities.host_due as old using wanted
      where old.host_id = wanted.host_id and old.vulnerability_id = wanted.vulnerability_id and not exists (
        select from truth where truth.host_id = old.host_id and truth.vulnerability_id = old.vulnerability_id)
      returning old.*
    ), past as (
      insert into vulnerabilities.host_due_past (host_id, vulnerability_id, fleet_id, since, due, closed_at, is_fixed)
      select gone.host_id, gone.vulnerability_id, coalesce(host.fleet_id, 0), gone.since, gone.due, ${at}, ${!isRemoval}
      from gone join hosts.host as host on host.id = gone.host_id
      where not exists (select from open where open.host_id = gone.host_id and open.vulnerability_id = gone.vulnerability_id)
    ), resumed as (
      delete from vulnerabilities.host_due_past as over using truth
      where over.host_id = truth.host_id and over.vulnerability_id = truth.vulnerability_id and over.since >= truth.since
    )
    insert into vulnerabilities.host_due as old (host_id, vulnerability_id, since, due)
    select host_id, vulnerability_id, since, due from truth order by 1, 2
    on conflict (host_id, vulnerability_id) do update set since = excluded.since, due = excluded.due
    where (old.since, old.due) is distinct from (excluded.since, excluded.due)`.execute(tx);

export interface Pair {
  hostId: number;
  vulnerabilityId: number;
}

/** Of hosts that are locked, and of which the pairs changed. */
export const settlePairs = (tx: Tx, pairs: Pair[], when: { at: Date; isRemoval?: boolean }) =>
  settle(tx, {
    ...when,
    wanted: sql`select * from unnest(${ints(pairs.map((pair) => pair.hostId))}::int[],
      ${ints(pairs.map((pair) => pair.vulnerabilityId))}::int[]) as each (host_id, vulnerability_id)`,
    have: allOn(sql`${ints(new Set(pairs.map((pair) => pair.hostId)))}::int[]`),
  });

/** All that locked hosts carry. */
export function settleHosts(tx: Tx, hostIds: number[], at: Date) {
  const hosts = sql`${ints(hostIds)}::int[]`;
  return settle(tx, {
    at,
    wanted: sql`select have.host_id, finding.vulnerability_id
        from inventory.host_software as have
        join vulnerabilities.finding as finding on finding.software_id = have.software_id and finding.is_active
        where have.host_id = any(${hosts})
          and exists (select from vulnerabilities.due_class as class where class.vulnerability_id = finding.vulnerability_id)
      union select host_id, vulnerability_id from vulnerabilities.host_due where host_id = any(${hosts})`,
    have: allOn(hosts),
  });
}

/** Some vulnerabilities on locked hosts. */
export function settleVulnerabilities(tx: Tx, of: { vulnerabilityIds: number[]; hostIds: number[]; at: Date }) {
  const hosts = sql`${ints(of.hostIds)}::int[]`;
  const ids = sql`${ints(of.vulnerabilityIds)}::int[]`;
  return settle(tx, {
    at: of.at,
    wanted: sql`select have.host_id, finding.vulnerability_id from vulnerabilities.finding as finding
        join inventory.host_software as have on have.software_id = finding.software_id
        where finding.is_active and finding.vulnerability_id = any(${ids}) and have.host_id = any(${hosts})
      union select host_id, vulnerability_id from vulnerabilities.host_due
        where vulnerability_id = any(${ids}) and host_id = any(${hosts})`,
    have: foundOn(hosts),
  });
}

/** Hosts that carry some vulnerabilities, or have a due date for them. */
export async function findConcerned(db: Db, vulnerabilityIds: number[]): Promise<number[]> {
  const ids = sql`${ints(vulnerabilityIds)}::int[]`;
  const { rows } = await sql<{ host_id: number }>`
    select have.host_id from vulnerabilities.finding as finding
    join inventory.host_software as have on have.software_id = finding.software_id
    where finding.is_active and finding.vulnerability_id = any(${ids})
      and exists (select from vulnerabilities.due_class as class where class.vulnerability_id = finding.vulnerability_id)
    union select host_id from vulnerabilities.host_due where vulnerability_id = any(${ids}) order by 1`.execute(db);
  return rows.map((row) => row.host_id);
}

/** Which of the vulnerabilities are urgent, or were: the others have no rows to keep. */
export async function findUrgent(tx: Tx, vulnerabilityIds: Iterable<number>): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    select id from unnest(${ints(vulnerabilityIds)}::int[]) as each (id)
    where exists (select from vulnerabilities.due_class as class where class.vulnerability_id = id)
      or exists (select from vulnerabilities.due_wanted as wanted where wanted.vulnerability_id = id)`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

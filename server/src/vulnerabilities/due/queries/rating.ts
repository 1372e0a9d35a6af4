import type { SeverityLevel } from '@flotilla/engine/decisions/severity';
import type { SlaRule } from '@flotilla/engine/decisions/sla';
import { sql } from 'kysely';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../../kernel/db/database.ts';
import { DECIDING, type Deciding } from '../../queries/deciding.ts';

/** Has vulnerabilities rated anew: those that were found here, of the ones given, or all of them. */
export const wantRated = (tx: Tx, vulnerabilityIds: readonly number[] | 'all') =>
  sql`
    insert into vulnerabilities.rating_wanted (vulnerability_id)
    select id from vulnerabilities.vulnerability where found_at is not null
      ${vulnerabilityIds === 'all' ? sql`` : sql`and id = any(${ints(vulnerabilityIds)}::int[])`} order by id
    on conflict do nothing`.execute(tx);

/** Vulnerabilities to rate, taken away: they come back if the transaction fails. */
export async function takeRatings(tx: Tx, most: number): Promise<number[]> {
  const { rows } = await sql<{ vulnerability_id: number }>`
    delete from vulnerabilities.rating_wanted where vulnerability_id in (
      select vulnerability_id from vulnerabilities.rating_wanted order by 1 limit ${most} for update skip locked)
    returning vulnerability_id`.execute(tx);
  return rows.map((row) => row.vulnerability_id);
}

export async function isRatingWanted(db: Db): Promise<boolean> {
  const one = await db
    .selectFrom('vulnerabilities.rating_wanted')
    .select('vulnerability_id')
    .limit(1)
    .executeTakeFirst();
  return one !== undefined;
}

export interface RatedFacts extends Deciding {
  id: number;
  severity: SeverityLevel | null;
  cvss: number | null;
  probability: number | null;
}

export async function readRatedFacts(tx: Tx, vulnerabilityIds: number[]): Promise<RatedFacts[]> {
  const { rows } = await sql<RatedFacts>`
    select vulnerability.id, vulnerability.severity, vulnerability.cvss, likelihood.probability, ${DECIDING}
    from vulnerabilities.vulnerability as vulnerability
    left join vulnerabilities.likelihood as likelihood on likelihood.vulnerability_id = vulnerability.id
    where vulnerability.id = any(${ints(vulnerabilityIds)}::int[])`.execute(tx);
  return rows;
}

/** Tables of people's own, by fleet; -1: of all others. */
export async function readSlas(db: Db | Tx): Promise<{ fleetId: number; rules: SlaRule[] }[]> {
  const rows = await db.selectFrom('vulnerabilities.sla').select(['fleet_id', 'rules']).orderBy('fleet_id').execute();
  return rows.map((row) => ({ fleetId: row.fleet_id, rules: row.rules as unknown as SlaRule[] }));
}

export interface DueClass {
  vulnerabilityId: number;
  policy: number;
  exposure: 'yes' | 'no' | 'unknown';
  days: number | null;
  exploitedSince: string | null;
  usualDays: number | null;
}

/** Makes the urgent classes of some vulnerabilities equal to these. @returns the vulnerabilities of which any is another one */
export async function writeClasses(tx: Tx, vulnerabilityIds: number[], classes: DueClass[]): Promise<number[]> {
  const { rows } = await sql<{ vulnerability_id: number }>`
    with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(classes)}::jsonb) as each ("vulnerabilityId" int, policy int,
        exposure text, days int, "exploitedSince" timestamptz, "usualDays" int)
    ), gone as (
      delete from vulnerabilities.due_class as old where old.vulnerability_id = any(${ints(vulnerabilityIds)}::int[])
        and not exists (select from wanted where wanted."vulnerabilityId" = old.vulnerability_id
          and wanted.policy = old.policy and wanted.exposure = old.exposure)
      returning vulnerability_id
    ), written as (
      insert into vulnerabilities.due_class as old (vulnerability_id, policy, exposure, days, exploited_since, usual_days)
      select * from wanted order by 1, 2, 3
      on conflict (vulnerability_id, policy, exposure) do update
      set days = excluded.days, exploited_since = excluded.exploited_since, usual_days = excluded.usual_days
      where (old.days, old.exploited_since, old.usual_days)
        is distinct from (excluded.days, excluded.exploited_since, excluded.usual_days)
      returning vulnerability_id
    )
    select vulnerability_id from gone union select vulnerability_id from written`.execute(tx);
  return rows.map((row) => row.vulnerability_id);
}

/**
 * Writes what vulnerabilities weigh. @returns by how much the exposure of each fleet moved, as far as hosts are counted already; `isNew`:
 * by vulnerabilities that had no weight before
 */
export async function writeWeights(
  tx: Tx,
  weights: { id: number; weight: number }[],
): Promise<{ fleet_id: number; is_new: boolean; score: number }[]> {
  const { rows } = await sql<{ fleet_id: number; is_new: boolean; score: number }>`
    with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(weights)}::jsonb) as each (id int, weight real)
    ), moved as materialized (
      select wanted.id, wanted.weight, old.weight as before
      from wanted left join vulnerabilities.weight as old on old.vulnerability_id = wanted.id
      where old.weight is distinct from wanted.weight
    ), written as (
      insert into vulnerabilities.weight as old (vulnerability_id, weight) select id, weight from moved order by id
      on conflict (vulnerability_id) do update set weight = excluded.weight
    )
    select counted.fleet_id, moved.before is null as is_new,
      sum(counted.hosts * (moved.weight::float8 - coalesce(moved.before, 0)::float8)) as score
    from moved join vulnerabilities.vulnerability_fleet as counted on counted.vulnerability_id = moved.id
    group by 1, 2`.execute(tx);
  return rows;
}

import { sql } from 'kysely';
import { type Counts, countName } from '../../kernel/counters/compare.ts';
import type { DeltaRow } from '../../kernel/counters/deltas.ts';
import { ALL_FLEETS } from '../../kernel/counters/spec.ts';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { FindingDraft } from '../finding.ts';

/** Ids of vulnerabilities by name, made where new. */
export async function ensureVulnerabilities(tx: Tx, names: string[]): Promise<Map<string, number>> {
  await sql`
    insert into vulnerabilities.vulnerability (name)
    select distinct name from unnest(${names}::text[]) as each (name)
    where not exists (select from vulnerabilities.vulnerability as known where known.name = each.name) order by 1
    on conflict (name) do nothing`.execute(tx);
  const rows = await tx
    .selectFrom('vulnerabilities.vulnerability')
    .select(['id', 'name'])
    .where('name', '=', sql<string>`any(${names}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.name, row.id]));
}

export interface StoredFinding {
  software_id: number;
  vulnerability_id: number;
  is_active: boolean;
  /** Of everything that is stored, for comparison. */
  print: string;
}

export async function readFindings(tx: Tx, softwareIds: number[]): Promise<StoredFinding[]> {
  const { rows } = await sql<StoredFinding>`
    select software_id, vulnerability_id, is_active, body ->> 'print' as print
    from vulnerabilities.finding where software_id = any(${softwareIds}::int[])`.execute(tx);
  return rows;
}

/** One that was there keeps its beginning. Bodies go as lines, which JSON has none of: in an array each quote would be escaped. */
export const writeFindings = (tx: Tx, findings: FindingDraft[], at: Date) =>
  sql`
    insert into vulnerabilities.finding (software_id, vulnerability_id, verdict, is_active, fix_version, remark, body, since)
    select each.*, ${at}::timestamptz from unnest(${findings.map((one) => one.softwareId)}::int[],
      ${findings.map((one) => one.vulnerabilityId)}::int[], ${findings.map((one) => one.verdict)}::text[],
      ${findings.map((one) => one.isActive)}::boolean[], ${findings.map((one) => one.fixVersion)}::text[],
      ${findings.map((one) => one.remark)}::text[],
      string_to_array(${findings.map((one) => JSON.stringify(one.body)).join('\n')}, E'\\n')::jsonb[]) as each
    on conflict (software_id, vulnerability_id) do update set verdict = excluded.verdict, is_active = excluded.is_active,
      fix_version = excluded.fix_version, remark = excluded.remark, body = excluded.body`.execute(tx);

export const closeFindings = (tx: Tx, pairs: { software_id: number; vulnerability_id: number }[], at: Date) =>
  sql`
    with closed as (
      delete from vulnerabilities.finding as finding
      using unnest(${pairs.map((pair) => pair.software_id)}::int[], ${pairs.map((pair) => pair.vulnerability_id)}::int[])
        as each (software_id, vulnerability_id)
      where finding.software_id = each.software_id and finding.vulnerability_id = each.vulnerability_id
      returning finding.*
    )
    insert into vulnerabilities.finding_past (software_id, vulnerability_id, verdict, is_active, fix_version, since, closed_at)
    select software_id, vulnerability_id, verdict, is_active, fix_version, since, ${at} from closed`.execute(tx);

/** Remembers when vulnerabilities were first found in anything here. @returns those that never were before */
export async function noteFound(tx: Tx, vulnerabilityIds: number[], at: Date): Promise<number[]> {
  const rows = await tx
    .updateTable('vulnerabilities.vulnerability')
    .set({ found_at: at })
    .where('id', '=', sql<number>`any(${vulnerabilityIds}::int[])`)
    .where('found_at', 'is', null)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

export const notePublication = (tx: Tx, softwareIds: number[], at: Date) =>
  tx.insertInto('vulnerabilities.publication').values({ at, software_ids: softwareIds }).execute();

/** How many hosts have some vulnerabilities really: openly, or as exceptions accept them. */
export async function countHosts(tx: Tx, vulnerabilityIds: number[]): Promise<{ open: Counts; accepted: Counts }> {
  const { rows } = await sql<{ fleet_id: number; key: number; open: number; accepted: number }>`
    with carried as materialized (
      select software_id, vulnerability_id, is_open, is_split from vulnerabilities.finding
      where is_active and vulnerability_id = any(${ints(vulnerabilityIds)}::int[])
    ), about as materialized (
      select about.software_id, about.vulnerability_id, array_agg(about.fleet_id) filter (where about.fleet_id is not null) as fleet_ids,
        array_agg(about.exception_id) filter (where about.is_for_hosts) as exception_ids
      from vulnerabilities.exception_finding as about
      where about.state = 'active' and about.vulnerability_id = any(array(select vulnerability_id from carried where is_split))
      group by 1, 2
    ), named as materialized (
      select host_id, array_agg(exception_id) as exception_ids from vulnerabilities.exception_host
      where exception_id = any(array(select unnest(exception_ids) from about)) group by 1
    ), on_host as (
      select carried.vulnerability_id as key, host.id, coalesce(host.fleet_id, 0) as fleet_id,
        bool_or(carried.is_open and not coalesce(coalesce(host.fleet_id, 0) = any(about.fleet_ids), false)
          and not coalesce(about.exception_ids && named.exception_ids, false)) as is_open
      from carried
      join inventory.host_software as have on have.software_id = carried.software_id
      join hosts.host as host on host.id = have.host_id
      left join about on about.software_id = carried.software_id and about.vulnerability_id = carried.vulnerability_id
      left join named on named.host_id = host.id
      group by 1, 2, 3
    ), counted as (
      select fleet_id, key, (count(*) filter (where is_open))::int as open, (count(*) filter (where not is_open))::int as accepted
      from on_host group by 1, 2
    )
    select * from counted
    union all select ${ALL_FLEETS}::int, key, sum(open)::int, sum(accepted)::int from counted group by 2`.execute(tx);
  const pick = (hosts: (row: { open: number; accepted: number }) => number): Counts =>
    new Map(rows.filter((row) => hosts(row) > 0).map((row) => [countName(row.fleet_id, row.key), hosts(row)]));
  return { open: pick((row) => row.open), accepted: pick((row) => row.accepted) };
}

export async function appendDeltas(tx: Tx, rows: DeltaRow[]): Promise<void> {
  if (rows.length === 0) return;
  const packed = rows.map((row) => ({
    ...row,
    keys: sql<number[]>`${ints(row.keys)}::int[]`,
    by: sql<number[]>`${ints(row.by)}::int[]`,
  }));
  await tx.insertInto('vulnerabilities.count_delta').values(packed).execute();
}

/** The number of the last publication; 0 before the first. */
export async function readGeneration(db: Db | Tx): Promise<number> {
  const row = await db
    .selectFrom('vulnerabilities.publication')
    .select('generation')
    .orderBy('generation', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.generation ?? 0;
}

export async function readPublishedSince(db: Db | Tx, generation: number): Promise<number[]> {
  const rows = await db
    .selectFrom('vulnerabilities.publication')
    .select('software_ids')
    .where('generation', '>', generation)
    .execute();
  return rows.flatMap((row) => row.software_ids);
}

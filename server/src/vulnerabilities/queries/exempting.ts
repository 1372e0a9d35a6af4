import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Tx } from '../../kernel/db/database.ts';

/** While there is none, nothing costs what exceptions would. */
export async function isAnyActive(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select from vulnerabilities.exception where state = 'active' limit 1`.execute(tx);
  return rows.length > 0;
}

/** Software with findings that some exceptions are about, and the vulnerabilities that are affected by that. */
export interface Concerned {
  softwareIds: number[];
  vulnerabilityIds: number[];
}

export async function findConcerned(tx: Tx, exceptionIds: number[]): Promise<Concerned> {
  const { rows } = await sql<{ software_ids: number[] | null; vulnerability_ids: number[] | null }>`
    select array_agg(distinct about.software_id) as software_ids,
      array_agg(distinct about.vulnerability_id) as vulnerability_ids
    from vulnerabilities.exception_finding as about where about.exception_id = any(${ints(exceptionIds)}::int[])`.execute(
    tx,
  );
  return { softwareIds: rows[0]?.software_ids ?? [], vulnerabilityIds: rows[0]?.vulnerability_ids ?? [] };
}

/** The same of all that was found in some titles. */
export async function findCarriedBy(tx: Tx, titleIds: number[]): Promise<Concerned> {
  const { rows } = await sql<{ software_ids: number[] | null; vulnerability_ids: number[] | null }>`
    select array_agg(distinct finding.software_id) as software_ids, array_agg(distinct finding.vulnerability_id) as vulnerability_ids
    from inventory.version as version
    join inventory.software as software on software.version_id = version.id
    join vulnerabilities.finding as finding on finding.software_id = software.id
    where version.title_id = any(${ints(titleIds)}::int[])`.execute(tx);
  return { softwareIds: rows[0]?.software_ids ?? [], vulnerabilityIds: rows[0]?.vulnerability_ids ?? [] };
}

/** Whether a living exception names one of some titles. */
export async function areNamed(tx: Tx, titleIds: number[]): Promise<boolean> {
  const { rows } = await sql`
    select from vulnerabilities.exception where state <> 'ended' and title_id = any(${ints(titleIds)}::int[]) limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Writes down of the findings of software what active exceptions make of them, where that differs. */
export const markFindings = (tx: Tx, softwareIds: number[]) =>
  sql`
    with about as materialized (
      select about.software_id, about.vulnerability_id, bool_or(about.fleet_id is null and not about.is_for_hosts) as is_exempt,
        bool_or(about.fleet_id is not null or about.is_for_hosts) as is_split
      from vulnerabilities.exception_finding as about
      where about.state = 'active' and about.software_id = any(${ints(softwareIds)}::int[]) group by 1, 2
    )
    update vulnerabilities.finding as finding
    set is_exempt = coalesce(about.is_exempt, false), is_split = coalesce(about.is_split, false)
    from vulnerabilities.finding as marked
    left join about on about.software_id = marked.software_id and about.vulnerability_id = marked.vulnerability_id
    where marked.software_id = any(${ints(softwareIds)}::int[])
      and finding.software_id = marked.software_id and finding.vulnerability_id = marked.vulnerability_id
      and (marked.is_exempt, marked.is_split) is distinct from (coalesce(about.is_exempt, false), coalesce(about.is_split, false))`.execute(
    tx,
  );

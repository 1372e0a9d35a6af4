import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Tx } from '../../kernel/db/database.ts';

/** The greatest of what was found; `vulnerability` is left joined, so that it may be nothing. */
const FIGURES = sql`max(vulnerability.cvss) as cvss, max(likelihood.probability) as epss, max(vulnerability.published_at) as published_at`;
const TOLD = sql`
  left join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
  left join vulnerabilities.likelihood as likelihood on likelihood.vulnerability_id = finding.vulnerability_id`;

/**
 * What the lists say of the versions of some software, after it was judged; of versions with nothing found there is no row.
 * Version by version: a plan for many would read all titles and all that was found, while a new database has not counted its rows.
 */
export async function writeRisk(tx: Tx, softwareIds: number[]): Promise<void> {
  const versionIds = await readVersionsOf(tx, softwareIds);
  await sql`
    with ${riskOf(versionIds)}, gone as (
      delete from vulnerabilities.version_risk as old where old.version_id = any(${versionIds}::int[])
        and not exists (select from risk where risk.version_id = old.version_id)
    )
    insert into vulnerabilities.version_risk as old (version_id, title_id, vulnerabilities, is_mixed, cvss, epss, published_at)
    select version_id, title_id, vulnerabilities, is_mixed, cvss, epss, published_at from risk order by version_id
    on conflict (version_id) do update
    set title_id = excluded.title_id, vulnerabilities = excluded.vulnerabilities, is_mixed = excluded.is_mixed,
      cvss = excluded.cvss, epss = excluded.epss, published_at = excluded.published_at
    where (old.title_id, old.vulnerabilities, old.is_mixed, old.cvss, old.epss, old.published_at) is distinct from
      (excluded.title_id, excluded.vulnerabilities, excluded.is_mixed, excluded.cvss, excluded.epss, excluded.published_at)`.execute(
    tx,
  );
}

/** Software of whose versions something else is said than was found in them; what is still to be judged may be so. */
export async function findWrongRisk(tx: Tx, softwareIds: number[]): Promise<number[]> {
  const versionIds = await readVersionsOf(tx, softwareIds);
  const { rows } = await sql<{ id: number }>`
    with ${riskOf(versionIds)}, stored as (
      select * from vulnerabilities.version_risk where version_id = any(${versionIds}::int[])
    )
    select software.id from risk full join stored on stored.version_id = risk.version_id
    join inventory.software as software on software.version_id = coalesce(risk.version_id, stored.version_id)
    where (risk.title_id, risk.vulnerabilities, risk.is_mixed, risk.cvss, risk.epss, risk.published_at) is distinct from
      (stored.title_id, stored.vulnerabilities, stored.is_mixed, stored.cvss, stored.epss, stored.published_at)
      and software.id = any(${softwareIds}::int[])
      and not exists (select from inventory.software as other
        join vulnerabilities.software_to_judge as waiting on waiting.software_id = other.id
        where other.version_id = software.version_id)
    order by 1`.execute(tx);
  return rows.map((row) => row.id);
}

async function readVersionsOf(tx: Tx, softwareIds: number[]): Promise<number[]> {
  const { rows } = await sql<{ version_id: number }>`
    select distinct version_id from inventory.software where id = any(${softwareIds}::int[])`.execute(tx);
  return rows.map((row) => row.version_id);
}

const riskOf = (versionIds: number[]) => sql`
    judged as materialized (
      select id, title_id from inventory.version where id = any(${versionIds}::int[])
    ), risk as (
      select judged.id as version_id, judged.title_id, found.*
      from judged join inventory.title as title on title.id = judged.title_id and title.kind = 'normal'
      cross join lateral (
        select count(distinct finding.vulnerability_id)::int as vulnerabilities,
          count(distinct software.id) > count(distinct finding.software_id) or bool_or(finding.is_split) as is_mixed, ${FIGURES}
        from inventory.software as software
        left join vulnerabilities.finding as finding on finding.software_id = software.id and finding.is_open ${TOLD}
        where software.version_id = judged.id
      ) as found
      where found.vulnerabilities > 0
    )`;

/** The figures of some versions, after feeds told something else of what was found in them. */
export const refreshFigures = (tx: Tx, versionIds: number[]) =>
  sql`
    with told as materialized (
      select software.version_id, ${FIGURES} from inventory.software as software
      join vulnerabilities.finding as finding on finding.software_id = software.id and finding.is_open ${TOLD}
      where software.version_id = any(${ints(versionIds)}::int[]) group by 1
    )
    update vulnerabilities.version_risk as risk set cvss = told.cvss, epss = told.epss, published_at = told.published_at
    from told where risk.version_id = told.version_id
      and (risk.cvss, risk.epss, risk.published_at) is distinct from (told.cvss, told.epss, told.published_at)`.execute(
    tx,
  );

/** Versions went to another title. */
export const moveRisk = (tx: Tx, titleIds: number[]) =>
  sql`
    update vulnerabilities.version_risk as risk set title_id = version.title_id from inventory.version as version
    where version.title_id = any(${titleIds}::int[]) and risk.version_id = version.id and risk.title_id <> version.title_id`.execute(
    tx,
  );

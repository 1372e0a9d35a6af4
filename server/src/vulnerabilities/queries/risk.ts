import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database.ts';

/**
 * What the lists say of the versions of some software, after it was judged; of versions with nothing found there is no row.
 * Version by version: a plan for many would read all titles and all that was found, while a new database has not counted its rows.
 */
export async function writeRisk(tx: Tx, softwareIds: number[]): Promise<void> {
  const { rows } = await sql<{ version_id: number }>`
    select distinct version_id from inventory.software where id = any(${softwareIds}::int[])`.execute(tx);
  const versionIds = rows.map((row) => row.version_id);
  await sql`
    with judged as materialized (
      select id, title_id from inventory.version where id = any(${versionIds}::int[])
    ), risk as (
      select judged.id as version_id, judged.title_id, found.vulnerabilities, found.is_mixed
      from judged join inventory.title as title on title.id = judged.title_id and title.kind = 'normal'
      cross join lateral (
        select count(distinct finding.vulnerability_id)::int as vulnerabilities,
          count(distinct software.id) > count(distinct finding.software_id) as is_mixed
        from inventory.software as software
        left join vulnerabilities.finding as finding on finding.software_id = software.id and finding.is_active
        where software.version_id = judged.id
      ) as found
      where found.vulnerabilities > 0
    ), gone as (
      delete from vulnerabilities.version_risk as old where old.version_id = any(${versionIds}::int[])
        and not exists (select from risk where risk.version_id = old.version_id)
    )
    insert into vulnerabilities.version_risk as old (version_id, title_id, vulnerabilities, is_mixed)
    select version_id, title_id, vulnerabilities, is_mixed from risk order by version_id
    on conflict (version_id) do update
    set title_id = excluded.title_id, vulnerabilities = excluded.vulnerabilities, is_mixed = excluded.is_mixed
    where (old.title_id, old.vulnerabilities, old.is_mixed)
      is distinct from (excluded.title_id, excluded.vulnerabilities, excluded.is_mixed)`.execute(tx);
}

/** Versions went to another title. */
export const moveRisk = (tx: Tx, titleIds: number[]) =>
  sql`
    update vulnerabilities.version_risk as risk set title_id = version.title_id from inventory.version as version
    where version.title_id = any(${titleIds}::int[]) and risk.version_id = version.id and risk.title_id <> version.title_id`.execute(
    tx,
  );

import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database.ts';

/** What the lists say of the versions of some software, after it was judged; of versions with nothing found there is no row. */
export async function writeRisk(tx: Tx, softwareIds: number[]): Promise<void> {
  const { rows } = await sql<{ version_id: number }>`
    select distinct version_id from inventory.software where id = any(${softwareIds}::int[])`.execute(tx);
  const versionIds = rows.map((row) => row.version_id);
  await sql`
    with risk as (
      select version.id as version_id, version.title_id, count(distinct finding.vulnerability_id)::int as vulnerabilities,
        count(distinct software.id) > count(distinct finding.software_id) as is_mixed
      from inventory.version as version
      join inventory.title as title on title.id = version.title_id and title.kind = 'normal'
      join inventory.software as software on software.version_id = version.id
      left join vulnerabilities.finding as finding on finding.software_id = software.id and finding.is_active
      where version.id = any(${versionIds}::int[]) group by version.id having count(finding.vulnerability_id) > 0
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

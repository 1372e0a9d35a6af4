import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';

/** Has what is shown of vulnerabilities chosen anew, also when this process ends before it did. */
export const wantChosen = (tx: Tx, vulnerabilityIds: number[]) =>
  sql`
    insert into vulnerabilities.retold (vulnerability_id) select id from unnest(${ints(vulnerabilityIds)}::int[]) as each (id)
    order by 1 on conflict do nothing`.execute(tx);

/** Vulnerabilities to choose facts for, taken away: they come back if the transaction fails. */
export async function takeRetold(tx: Tx, most: number): Promise<number[]> {
  const { rows } = await sql<{ vulnerability_id: number }>`
    delete from vulnerabilities.retold where vulnerability_id in (
      select vulnerability_id from vulnerabilities.retold order by 1 limit ${most})
    returning vulnerability_id`.execute(tx);
  return rows.map((row) => row.vulnerability_id);
}

/** Has the figures of the versions worked out anew in which some vulnerabilities were found. */
export const wantFigures = (tx: Tx, vulnerabilityIds: number[]) =>
  sql`
    insert into vulnerabilities.figures_wanted (version_id)
    select distinct software.version_id from vulnerabilities.finding as finding
    join inventory.software as software on software.id = finding.software_id
    where finding.vulnerability_id = any(${ints(vulnerabilityIds)}::int[]) and finding.is_open order by 1
    on conflict do nothing`.execute(tx);

export async function takeVersions(tx: Tx, most: number): Promise<number[]> {
  const { rows } = await sql<{ version_id: number }>`
    delete from vulnerabilities.figures_wanted where version_id in (
      select version_id from vulnerabilities.figures_wanted order by 1 limit ${most})
    returning version_id`.execute(tx);
  return rows.map((row) => row.version_id);
}

export async function isAnyWanted(db: Db): Promise<boolean> {
  const { rows } = await sql<{ is_any: boolean }>`
    select exists (select from vulnerabilities.retold) or exists (select from vulnerabilities.figures_wanted) as is_any`.execute(
    db,
  );
  return rows[0]?.is_any ?? false;
}

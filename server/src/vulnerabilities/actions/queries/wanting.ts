import { sql } from 'kysely';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../../kernel/db/database.ts';

/** Wants the actions refreshed that judged software has or had. */
export const wantSoftware = (tx: Tx, softwareIds: number[]) =>
  sql`
    insert into vulnerabilities.action_to_refresh (software_id) select unnest(${ints(softwareIds)}::int[])`.execute(tx);

/** Wants the actions refreshed that are about some vulnerabilities, of which feeds tell something else now. */
export const wantVulnerabilities = (tx: Tx, vulnerabilityIds: number[]) =>
  sql`
    insert into vulnerabilities.action_to_refresh (action_id)
    select distinct action_id from vulnerabilities.action_vulnerability
    where vulnerability_id = any(${ints(vulnerabilityIds)}::int[])`.execute(tx);

/** Wants all actions refreshed. */
export const wantAll = (tx: Tx) =>
  sql`insert into vulnerabilities.action_to_refresh (action_id) select id from vulnerabilities.action order by 1`.execute(
    tx,
  );

/** Software of titles that versions came to or left has another action now. */
export const wantTitles = (tx: Tx, titleIds: number[]) =>
  sql`
    insert into vulnerabilities.action_to_refresh (software_id)
    select software.id from inventory.version as version
    join inventory.software as software on software.version_id = version.id
    join vulnerabilities.action_software as member on member.software_id = software.id
    where version.title_id = any(${titleIds}::int[])`.execute(tx);

export const isWanted = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('vulnerabilities.action_to_refresh').select('id').limit(1).executeTakeFirst()) !== undefined;

export interface Wanted {
  software_id: number | null;
  action_id: number | null;
}

/** The oldest wishes, taken away: they come back if the transaction fails. */
export async function takeWanted(tx: Tx, most: number): Promise<Wanted[]> {
  const { rows } = await sql<Wanted>`
    delete from vulnerabilities.action_to_refresh where id in (
      select id from vulnerabilities.action_to_refresh order by id limit ${most})
    returning software_id, action_id`.execute(tx);
  return rows;
}

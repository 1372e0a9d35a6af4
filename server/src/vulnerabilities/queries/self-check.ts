import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';

export interface CheckRow {
  checked_at: Date;
  /** Compared in the round that is under way, or in the last one. */
  software: number;
  /** Of these, not as judging them once more says. */
  drifted: number;
  /** The last one compared; 0 when the round is done. */
  after_software_id: number;
}

export const readCheck = (db: Db): Promise<CheckRow | undefined> =>
  db
    .selectFrom('vulnerabilities.self_check')
    .select(['checked_at', 'software', 'drifted', 'after_software_id'])
    .executeTakeFirst();

export const writeCheck = (tx: Tx, row: CheckRow) =>
  tx
    .insertInto('vulnerabilities.self_check')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();

/** The next software by id; `isSettled` where nothing waits to be judged. */
export async function readNext(tx: Tx, after: number, most: number): Promise<{ id: number; isSettled: boolean }[]> {
  const { rows } = await sql<{ id: number; isSettled: boolean }>`
    select id, not exists (select from vulnerabilities.software_to_judge as waiting where waiting.software_id = software.id)
      as "isSettled"
    from inventory.software as software where id > ${after} order by id limit ${most}`.execute(tx);
  return rows;
}

export interface NamedFinding {
  software_id: number;
  vulnerability: string;
  is_active: boolean;
  print: string;
}

export async function readNamedFindings(tx: Tx, softwareIds: number[]): Promise<NamedFinding[]> {
  const { rows } = await sql<NamedFinding>`
    select finding.software_id, vulnerability.name as vulnerability, finding.is_active, finding.body ->> 'print' as print
    from vulnerabilities.finding as finding
    join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
    where finding.software_id = any(${softwareIds}::int[])`.execute(tx);
  return rows;
}

/** Why software is not judged, as it is stored. What was never judged is left out. */
export async function readNotJudged(tx: Tx, softwareIds: number[]): Promise<Map<number, string | null>> {
  const { rows } = await sql<{ software_id: number; not_judged: string | null }>`
    select software_id, not_judged from vulnerabilities.software_judged
    where software_id = any(${softwareIds}::int[])`.execute(tx);
  return new Map(rows.map((row) => [row.software_id, row.not_judged]));
}

import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database.ts';

/** How many findings that count rest on a feed. */
export async function countFindings(tx: Tx, feed: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int from vulnerabilities.finding where is_active and body -> 'evidence' ->> 'feed' = ${feed}`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

/** Software that `changed_key` concerns: all of it, or as much as asked for, without preference, and how much there is. */
export async function sample(tx: Tx, most: number): Promise<{ ids: number[]; total: number }> {
  const { rows } = await sql<{ software_id: number; total: number }>`
    select software_id, (count(*) over ())::int as total from (
      select distinct software_id from vulnerabilities.software_key where key_id in (select key_id from changed_key)
    ) as concerned order by hashint4(software_id), software_id limit ${most}`.execute(tx);
  return { ids: rows.map((row) => row.software_id), total: rows[0]?.total ?? 0 };
}

export interface ActiveFinding {
  software_id: number;
  vulnerability: string;
  /** What it rests on. */
  feed: string;
}

export async function readActiveFindings(tx: Tx, softwareIds: number[]): Promise<ActiveFinding[]> {
  const { rows } = await sql<ActiveFinding>`
    select finding.software_id, vulnerability.name as vulnerability, finding.body -> 'evidence' ->> 'feed' as feed
    from vulnerabilities.finding as finding
    join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
    where finding.is_active and finding.software_id = any(${softwareIds}::int[])`.execute(tx);
  return rows;
}

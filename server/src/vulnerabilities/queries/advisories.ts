import type { Affected, Exploitation } from '@flotilla/engine/advisories/advisory';
import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database.ts';

/** What one advisory says about one key, ready to be stored. */
export interface Statement {
  key: string;
  advisory: string;
  vulnerabilities: readonly string[];
  affected: Affected;
  hash: string;
}

/** Hashes of what is stored of a feed, by key and advisory. */
export async function readStatementHashes(tx: Tx, feed: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ name: string; hash: string }>`
    select lookup.key || ' ' || said.advisory as name, said.hash
    from vulnerabilities.statement as said join vulnerabilities.lookup_key as lookup on lookup.id = said.key_id
    where said.feed = ${feed}`.execute(tx);
  return new Map(rows.map((row) => [row.name, row.hash]));
}

export const upsertStatements = (tx: Tx, feed: string, statements: Statement[]) =>
  sql`
    insert into vulnerabilities.statement (key_id, feed, advisory, vulnerabilities, body, hash)
    select lookup.id, ${feed}, each.advisory, array(select jsonb_array_elements_text(each.names)), each.body, each.hash
    from unnest(${statements.map((one) => one.key)}::text[], ${statements.map((one) => one.advisory)}::text[],
      ${statements.map((one) => JSON.stringify(one.vulnerabilities))}::jsonb[],
      ${statements.map((one) => JSON.stringify(one.affected))}::jsonb[], ${statements.map((one) => one.hash)}::uuid[])
      as each (key, advisory, names, body, hash)
    join vulnerabilities.lookup_key as lookup on lookup.key = each.key order by 1, 3
    on conflict (key_id, feed, advisory) do update set vulnerabilities = excluded.vulnerabilities, body = excluded.body,
      hash = excluded.hash`.execute(tx);

export const deleteStatements = (tx: Tx, feed: string, gone: { key: string; advisory: string }[]) =>
  sql`
    delete from vulnerabilities.statement as said
    using unnest(${gone.map((one) => one.key)}::text[], ${gone.map((one) => one.advisory)}::text[]) as each (key, advisory),
      vulnerabilities.lookup_key as lookup
    where lookup.key = each.key and said.key_id = lookup.id and said.feed = ${feed} and said.advisory = each.advisory`.execute(
    tx,
  );

/** Software that is looked up under any of the keys; all of a scope when that scope had no advisories before. */
export async function findSoftwareOfKeys(tx: Tx, keys: string[]): Promise<number[]> {
  const { rows } = await sql<{ software_id: number }>`
    select distinct link.software_id from vulnerabilities.software_key as link
    join vulnerabilities.lookup_key as lookup on lookup.id = link.key_id
    where lookup.key = any(${keys}::text[])
    union
    select software_id from vulnerabilities.software_judged where not_judged = 'no_advisories'`.execute(tx);
  return rows.map((row) => row.software_id);
}

/** What a list of exploited vulnerabilities says now; those it no longer names are no longer known as such. */
export const writeExploited = (tx: Tx, exploited: ({ name: string } & Exploitation)[]) =>
  sql`
    update vulnerabilities.vulnerability as known
    set exploited_since = each.since, exploited_due = each.due, in_ransomware = each.ransomware
    from (
      select vulnerability.id, new.since, new.due, new.ransomware from vulnerabilities.vulnerability as vulnerability
      left join unnest(${exploited.map((one) => one.name)}::text[], ${exploited.map((one) => one.since)}::date[],
        ${exploited.map((one) => one.due)}::date[], ${exploited.map((one) => one.inRansomware)}::boolean[])
        as new (name, since, due, ransomware) on new.name = vulnerability.name
    ) as each
    where known.id = each.id and (known.exploited_since, known.exploited_due, known.in_ransomware)
      is distinct from (each.since, each.due, each.ransomware)`.execute(tx);

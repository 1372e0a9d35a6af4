import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';

export interface FeedRow {
  name: string;
  generation: string | null;
  records: number;
  problems: number;
  published_at: Date | null;
  fetched_at: Date | null;
  verified_at: Date | null;
  failure: string | null;
  failed_at: Date | null;
  /** The mirror never had it. */
  is_absent: boolean;
  /** The data in use are those that came with Flotilla. */
  is_snapshot: boolean;
  held_reason: string | null;
  held_at: Date | null;
}

export const readFeeds = (db: Db | Tx): Promise<FeedRow[]> =>
  db.selectFrom('vulnerabilities.feed').selectAll().orderBy('name').execute();

export const writeFeed = (db: Db | Tx, row: FeedRow) =>
  db
    .insertInto('vulnerabilities.feed')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();

/** Which beginnings of keys some software is looked up under. */
export async function findScopesInUse(db: Db, scopes: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ scope: string }>`
    select scope from unnest(${scopes}::text[]) as each (scope)
    where exists (select from vulnerabilities.lookup_key as lookup
      where lookup.key >= each.scope and lookup.key < each.scope || chr(1114111)
        and exists (select from vulnerabilities.software_key as link where link.key_id = lookup.id))`.execute(db);
  return new Set(rows.map((row) => row.scope));
}

import { sql } from 'kysely';
import type { Db } from '../kernel/db/database.ts';

export async function readDatabaseVersion(db: Db): Promise<string> {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db);
  return rows[0]?.version ?? 'unknown';
}

/** Empty for a database that was never migrated. */
export async function readMigrations(db: Db): Promise<string[]> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass('kernel.migration') is not null as there`.execute(db);
  if (!rows[0]?.there) return [];
  const applied = await db.selectFrom('kernel.migration').select('name').orderBy('name').execute();
  return applied.map((row) => row.name);
}

export const readFeedStates = (db: Db) =>
  db
    .selectFrom('vulnerabilities.feed')
    .select(['name', 'verified_at', 'failure', 'held_reason'])
    .where('is_absent', '=', false)
    .orderBy('name')
    .execute();

/** Since when the software that waits longest has not been judged. */
export async function readOldestUnjudged(db: Db): Promise<{ count: number; since: Date | null }> {
  const { rows } = await sql<{ count: number; since: Date | null }>`
    select count(*) as count, min(since) as since from vulnerabilities.software_to_judge`.execute(db);
  return rows[0] ?? { count: 0, since: null };
}

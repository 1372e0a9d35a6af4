import { sql } from 'kysely';
import type { Db } from '../kernel/db/database.ts';

/**
 * How many rows were ever written in each table, by its name with its schema. PostgreSQL counts them anyway, in memory and for all
 * processes: reading them costs the same at any size.
 */
export async function readWrites(db: Db, tables: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ name: string; writes: string }>`
    select stats.schemaname || '.' || stats.relname as name, (n_tup_ins + n_tup_upd + n_tup_del)::text as writes
    from pg_stat_user_tables as stats
    where stats.schemaname || '.' || stats.relname = any(${tables}::text[])`.execute(db);
  return new Map(rows.map(({ name, writes }) => [name, writes]));
}

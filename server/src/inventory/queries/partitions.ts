import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';

/** `2026-11` → the name and bounds of that month's partition of the past. */
export interface Month {
  name: string;
  from: Date;
  until: Date;
}

/** Rows that already fell into the default partition for that month move into the new one. */
export async function createMonth(db: Db, { name, from, until }: Month): Promise<void> {
  const table = sql.table(`inventory.${name}`);
  await db.transaction().execute(async (tx) => {
    await sql`lock table inventory.host_software_past in share update exclusive mode`.execute(tx);
    const { rows } = await sql<{
      there: boolean;
    }>`select to_regclass(${`inventory.${name}`}) is not null as there`.execute(tx);
    if (rows[0]?.there) return;
    await sql`create table ${table} (like inventory.host_software_past including defaults)`.execute(tx);
    await sql`
      with early as (
        delete from inventory.host_software_past_other where gone >= ${from} and gone < ${until} returning *
      ) insert into ${table} select * from early`.execute(tx);
    await sql`alter table inventory.host_software_past attach partition ${table}
      for values from (${sql.lit(from.toISOString())}) to (${sql.lit(until.toISOString())})`.execute(tx);
  });
}

export async function listMonths(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select child.relname as name from pg_inherits
    join pg_class as child on child.oid = inhrelid join pg_class as parent on parent.oid = inhparent
    join pg_namespace as space on space.oid = parent.relnamespace
    where space.nspname = 'inventory' and parent.relname = 'host_software_past' order by 1`.execute(db);
  return rows.map((row) => row.name);
}

/** Forgets a month of the past. */
export const dropMonth = (db: Db, name: string) => sql`drop table ${sql.table(`inventory.${name}`)}`.execute(db);

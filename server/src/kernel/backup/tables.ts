import type pg from 'pg';
import type { StoredTable } from './manifest.ts';

export type Table = Pick<StoredTable, 'schema' | 'name' | 'columns' | 'partition'> & {
  /** As PostgreSQL last counted them; for showing how far it is. */
  estimatedRows: number;
};

/** Schemas of ours hold what cannot be made anew; the job runner makes its own at each start. */
const NOT_OURS = `space.nspname !~ '^pg_' and space.nspname not in ('information_schema', 'public', 'pgboss')`;

/** The tables that hold rows, in the order of their names; of partitioned ones the partitions. */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table & { of: string | null; bound: string | null }>(`
    select space.nspname as schema, class.relname as name, greatest(class.reltuples, 0)::float8 as "estimatedRows",
      (select coalesce(array_agg(attname::text order by attnum), '{}') from pg_attribute
        where attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
      (select format('%I.%I', above_space.nspname, above.relname) from pg_inherits
        join pg_class as above on above.oid = inhparent
        join pg_namespace as above_space on above_space.oid = above.relnamespace where inhrelid = class.oid) as of,
      pg_get_expr(class.relpartbound, class.oid) as bound
    from pg_class as class join pg_namespace as space on space.oid = class.relnamespace
    where class.relkind = 'r' and ${NOT_OURS}
    order by space.nspname collate "C", class.relname collate "C"`);
  return rows.map(({ of, bound, ...table }) => ({ ...table, partition: of && bound ? { of, bound } : null }));
}

/** Sequences count outside of transactions: read after the rows they are never behind them. */
export async function listSequences(client: pg.ClientBase): Promise<{ name: string; value: string | null }[]> {
  const { rows } = await client.query<{ name: string; value: string | null }>(`
    select format('%I.%I', schemaname, sequencename) as name, last_value::text as value
    from pg_sequences as sequence join pg_namespace as space on space.nspname = schemaname
    where ${NOT_OURS} order by 1`);
  return rows;
}

/** Every schema of ours that is there. */
export async function listSchemas(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select nspname as name from pg_namespace as space where ${NOT_OURS} order by 1`,
  );
  return rows.map((row) => row.name);
}

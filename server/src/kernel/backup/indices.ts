import type pg from 'pg';

/** A statement that takes something off a table, and the one that puts it back. */
export interface Removable {
  drop: string;
  create: string;
}

const OURS = (oid: string) =>
  `(select nspname from pg_namespace join pg_class on relnamespace = pg_namespace.oid where pg_class.oid = ${oid})
    !~ '^(pg_.*|information_schema|public|pgboss)$'`;

/** Keys and indices of all our tables. Filling a table without them and making them at the end is several times faster. */
export async function listIndices(client: pg.ClientBase): Promise<Removable[]> {
  const constraints = await client.query<Removable & { kind: string }>(`
    select contype as kind, format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as create
    from pg_constraint where contype in ('f', 'p', 'u', 'x') and conparentid = 0 and conrelid <> 0 and ${OURS('conrelid')}
    order by 2`);
  // The definition of a partitioned index speaks of its top only; made again, it is to reach every partition.
  const indices = await client.query<Removable>(`
    select format('drop index %s', indexrelid::regclass) as drop,
      regexp_replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') as create
    from pg_index
    where not exists (select from pg_inherits where inhrelid = indexrelid)
      and not exists (select from pg_constraint where conindid = indexrelid) and ${OURS('indrelid')}
    order by 1`);
  const foreign = constraints.rows.filter(({ kind }) => kind === 'f');
  const own = constraints.rows.filter(({ kind }) => kind !== 'f');
  return [...foreign, ...indices.rows, ...own].map(({ drop, create }) => ({ drop, create }));
}

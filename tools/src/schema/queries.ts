import { type Kysely, sql } from 'kysely';

/** What the catalogue knows of our schemas, in the words PostgreSQL itself uses. */
export interface Catalogue {
  schemas: string[];
  tables: Table[];
  columns: Column[];
  constraints: Part[];
  indexes: Part[];
  triggers: Part[];
  sequences: Sequence[];
  types: Definition[];
  functions: Definition[];
}

export interface Table {
  schema: string;
  name: string;
  kind: 'table' | 'partitioned table' | 'view' | 'materialized view';
  unlogged: boolean;
  /** `fillfactor=50` and the like. */
  options: string[];
  partition_key: string | null;
  partition_of: string | null;
  partition_bound: string | null;
  definition: string | null;
}

export interface Column {
  schema: string;
  table: string;
  name: string;
  type: string;
  collation: string | null;
  not_null: boolean;
  identity: 'always' | 'by default' | null;
  generated: boolean;
  default_value: string | null;
}

/** Something that belongs to a table and that PostgreSQL can print. */
export interface Part {
  schema: string;
  table: string;
  name: string;
  definition: string;
}

export interface Sequence {
  schema: string;
  name: string;
  type: string;
  owned_by: string | null;
}

export interface Definition {
  schema: string;
  name: string;
  definition: string;
}

// biome-ignore lint/complexity/noBannedTypes: the catalogue is read whatever tables the database has
export type AnyDb = Kysely<{}>;

const ours = sql`n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public', 'pgboss') and n.nspname not like 'pg\\_%'`;
const noExtension = (catalogue: string) =>
  sql`not exists (select from pg_depend as d where d.deptype = 'e' and d.objid = c.oid and d.classid = ${sql.lit(catalogue)}::regclass)`;

/** Reads everything the migrations made, in an order that depends on names alone. */
export async function readCatalogue(db: AnyDb): Promise<Catalogue> {
  const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db)).rows;
  return {
    schemas: (await rows(schemas)).map((row) => row.name),
    tables: await rows(tables),
    columns: await rows(columns),
    constraints: await rows(constraints),
    indexes: await rows(indexes),
    triggers: await rows(triggers),
    sequences: await rows(sequences),
    types: await rows(types),
    functions: await rows(functions),
  };
}

const schemas = sql<{ name: string }>`
  select n.nspname::text as name from pg_namespace as n where ${ours} order by n.nspname`;

const tables = sql<Table>`
  select n.nspname::text as schema, c.relname::text as name,
    case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view' else 'materialized view' end as kind,
    c.relpersistence = 'u' as unlogged,
    coalesce(array(select option from unnest(c.reloptions) as option order by 1), '{}') as options,
    case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partition_key,
    (select i.inhparent::regclass::text from pg_inherits as i where i.inhrelid = c.oid and c.relispartition) as partition_of,
    case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end as partition_bound,
    case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as definition
  from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm') and ${ours} and ${noExtension('pg_class')}
  order by n.nspname, c.relname`;

const columns = sql<Column>`
  select n.nspname::text as schema, c.relname::text as "table", a.attname::text as name,
    format_type(a.atttypid, a.atttypmod) as type,
    (select l.collname::text from pg_collation as l join pg_type as t on t.oid = a.atttypid
      where l.oid = a.attcollation and a.attcollation <> t.typcollation) as collation,
    a.attnotnull as not_null,
    case a.attidentity when 'a' then 'always' when 'd' then 'by default' end as identity,
    a.attgenerated <> '' as generated,
    pg_get_expr(v.adbin, v.adrelid) as default_value
  from pg_attribute as a
  join pg_class as c on c.oid = a.attrelid
  join pg_namespace as n on n.oid = c.relnamespace
  left join pg_attrdef as v on v.adrelid = a.attrelid and v.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p') and ${ours}
  order by n.nspname, c.relname, a.attnum`;

const constraints = sql<Part>`
  select n.nspname::text as schema, c.relname::text as "table", k.conname::text as name, pg_get_constraintdef(k.oid) as definition
  from pg_constraint as k
  join pg_class as c on c.oid = k.conrelid
  join pg_namespace as n on n.oid = c.relnamespace
  where k.contype in ('p', 'u', 'c', 'f', 'x') and not c.relispartition and ${ours}
  order by n.nspname, c.relname, array_position(array['p', 'u', 'x', 'c', 'f'], k.contype::text), k.conname`;

const indexes = sql<Part>`
  select n.nspname::text as schema, t.relname::text as "table", c.relname::text as name, pg_get_indexdef(c.oid) as definition
  from pg_index as i
  join pg_class as c on c.oid = i.indexrelid
  join pg_class as t on t.oid = i.indrelid
  join pg_namespace as n on n.oid = c.relnamespace
  where not t.relispartition and ${ours}
    and not exists (select from pg_constraint as k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by n.nspname, t.relname, c.relname`;

const triggers = sql<Part>`
  select n.nspname::text as schema, c.relname::text as "table", g.tgname::text as name, pg_get_triggerdef(g.oid) as definition
  from pg_trigger as g
  join pg_class as c on c.oid = g.tgrelid
  join pg_namespace as n on n.oid = c.relnamespace
  where not g.tgisinternal and ${ours}
  order by n.nspname, c.relname, g.tgname`;

/** Without those behind identity columns, which the column says. */
const sequences = sql<Sequence>`
  select n.nspname::text as schema, c.relname::text as name, format_type(s.seqtypid, null) as type,
    (select owner.attrelid::regclass || '.' || owner.attname from pg_depend as o
      join pg_attribute as owner on owner.attrelid = o.refobjid and owner.attnum = o.refobjsubid
      where o.classid = 'pg_class'::regclass and o.objid = c.oid and o.deptype = 'a') as owned_by
  from pg_class as c
  join pg_sequence as s on s.seqrelid = c.oid
  join pg_namespace as n on n.oid = c.relnamespace
  where ${ours} and ${noExtension('pg_class')}
    and not exists (select from pg_depend as i where i.classid = 'pg_class'::regclass and i.objid = c.oid and i.deptype = 'i')
  order by n.nspname, c.relname`;

const types = sql<Definition>`
  select n.nspname::text as schema, c.typname::text as name,
    case c.typtype when 'e' then 'as enum (' || (
        select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum as e where e.enumtypid = c.oid) || ')'
      else 'as ' || format_type(c.typbasetype, c.typtypmod) end as definition
  from pg_type as c join pg_namespace as n on n.oid = c.typnamespace
  where c.typtype in ('e', 'd') and ${ours} and ${noExtension('pg_type')}
  order by n.nspname, c.typname`;

const functions = sql<Definition>`
  select n.nspname::text as schema, c.proname::text as name, pg_get_functiondef(c.oid) as definition
  from pg_proc as c join pg_namespace as n on n.oid = c.pronamespace
  where c.prokind in ('f', 'p') and ${ours} and ${noExtension('pg_proc')}
  order by n.nspname, c.proname, pg_get_function_identity_arguments(c.oid)`;

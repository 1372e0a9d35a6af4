import { sql } from 'kysely';
import { type Counts, countName } from '../../kernel/counters/compare.ts';
import { ALL_FLEETS, type CounterKind } from '../../kernel/counters/spec.ts';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';

export const noteFold = (db: Db, at: Date) =>
  db
    .insertInto('inventory.counts_folded')
    .values({ id: 1, at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ at }))
    .execute();

export async function readFoldTime(db: Db): Promise<Date | null> {
  return (await db.selectFrom('inventory.counts_folded').select('at').executeTakeFirst())?.at ?? null;
}

/** Titles and versions came to a fleet or left it: the totals of its lists move. */
export async function moveTotals(
  tx: Tx,
  list: string,
  moves: { fleetId: number; key: number; by: number }[],
): Promise<void> {
  if (moves.length === 0) return;
  const key = sql`unnest(${moves.map((move) => move.fleetId)}::int[], ${moves.map((move) => move.key)}::int[],
    ${moves.map((move) => move.by)}::int[]) as moved (fleet_id, key, by)`;
  const titles =
    list === 'title'
      ? sql`join inventory.title as title on title.id = moved.key`
      : sql`join inventory.version as version on version.id = moved.key join inventory.title as title on title.id = version.title_id`;
  await sql`
    insert into inventory.list_total as old (fleet_id, list, kind, total)
    select moved.fleet_id, ${list}, title.kind, sum(moved.by) from ${key} ${titles}
    group by 1, 3 having sum(moved.by) <> 0 order by 1, 3
    on conflict (fleet_id, list, kind) do update set total = old.total + excluded.total`.execute(tx);
}

export async function readTotal(db: Db, of: { fleetId: number; list: string; kind: string }): Promise<number> {
  const row = await db
    .selectFrom('inventory.list_total')
    .select('total')
    .where('fleet_id', '=', of.fleetId)
    .where('list', '=', of.list)
    .where('kind', '=', of.kind)
    .executeTakeFirst();
  return row?.total ?? 0;
}

const HOSTS_AT_ONCE = 1_000;

export interface HostSet {
  host_id: number;
  fleet_id: number | null;
  software_ids: number[];
}

/** Every host with its software, those of a fleet together and some at a time, in the snapshot of `tx`. */
export async function* readHostSets(tx: Tx): AsyncGenerator<HostSet[]> {
  const hosts = await tx
    .selectFrom('hosts.host')
    .select(['id', 'fleet_id'])
    .orderBy('fleet_id')
    .orderBy('id')
    .execute();
  for (let first = 0; first < hosts.length; first += HOSTS_AT_ONCE) {
    const some = hosts.slice(first, first + HOSTS_AT_ONCE);
    // The driver reads an array of numbers many times slower than their text.
    const { rows } = await sql<{ host_id: number; software: string }>`
      select host_id, string_agg(software_id::text, ',') as software from inventory.host_software
      where host_id = any(${ints(some.map((host) => host.id))}::int[]) group by host_id`.execute(tx);
    const sets = new Map(rows.map((row) => [row.host_id, row.software]));
    yield some.map(({ id, fleet_id }) => ({
      host_id: id,
      fleet_id,
      software_ids: (sets.get(id) ?? '').split(',').filter(Boolean).map(Number),
    }));
  }
}

/** Some keys, from a random one on. */
export async function sampleKeys(tx: Tx, { table, key }: CounterKind, size: number): Promise<number[]> {
  const column = sql.ref(key);
  const { rows } = await sql<{ key: number }>`
    select ${column} as key from ${sql.table(table)}
    where fleet_id = ${ALL_FLEETS}
      and ${column} >= (select floor(random() * max(${column})) from ${sql.table(table)} where fleet_id = ${ALL_FLEETS})
    order by ${column} limit ${size}`.execute(tx);
  return rows.map((row) => row.key);
}

/** The true counts of some keys, through the index by software. */
export async function countSample(tx: Tx, kind: string, keys: number[]): Promise<Counts> {
  const key = kind === 'title' ? sql.ref('version.title_id') : sql.ref('version.id');
  const { rows } = await sql<{ fleet_id: number; key: number; hosts: number }>`
    with on_host as (
      select distinct ${key} as key, host.id, coalesce(host.fleet_id, 0) as fleet_id
      from inventory.version as version
      join inventory.software as software on software.version_id = version.id
      join inventory.host_software as have on have.software_id = software.id
      join hosts.host as host on host.id = have.host_id
      where ${key} = any(${keys}::int[])
    )
    select fleet_id, key, count(*)::int as hosts from on_host group by 1, 2
    union all
    select ${ALL_FLEETS}::int, key, count(*)::int from on_host group by 2`.execute(tx);
  return new Map(rows.map((row) => [countName(row.fleet_id, row.key), row.hosts]));
}

export interface TotalRow {
  fleet_id: number;
  list: string;
  kind: string;
  total: number;
}

/** The totals as they should be, and how many are not. Holds fold off meanwhile. */
export async function readTotals(tx: Tx, kinds: CounterKind[]): Promise<{ wrong: number; rows: TotalRow[] }> {
  await sql`lock table inventory.list_total in share row exclusive mode`.execute(tx);
  const counted = sql.join(
    kinds.map(({ kind, table, key }) => {
      const title =
        kind === 'title'
          ? sql`counted.${sql.ref(key)}`
          : sql`(select title_id from inventory.version where id = counted.${sql.ref(key)})`;
      return sql`select counted.fleet_id, ${kind} as list, ${title} as title_id from ${sql.table(table)} as counted where counted.hosts > 0`;
    }),
    sql` union all `,
  );
  const { rows } = await sql<TotalRow & { stored: number | null }>`
    with should as (
      select each.fleet_id, each.list, title.kind, count(*)::int as total
      from (${counted}) as each join inventory.title as title on title.id = each.title_id group by 1, 2, 3
    )
    select coalesce(should.fleet_id, stored.fleet_id) as fleet_id, coalesce(should.list, stored.list) as list,
      coalesce(should.kind, stored.kind) as kind, coalesce(should.total, 0) as total, stored.total as stored
    from should full join inventory.list_total as stored
      on stored.fleet_id = should.fleet_id and stored.list = should.list and stored.kind = should.kind`.execute(tx);
  const wrong = rows.filter((row) => row.total !== (row.stored ?? 0));
  return { wrong: wrong.length, rows: wrong };
}

export const writeTotals = (tx: Tx, rows: TotalRow[]) =>
  tx
    .insertInto('inventory.list_total')
    .values(rows.map(({ fleet_id, list, kind, total }) => ({ fleet_id, list, kind, total })))
    .onConflict((conflict) =>
      conflict
        .columns(['fleet_id', 'list', 'kind'])
        .doUpdateSet((excluded) => ({ total: excluded.ref('excluded.total') })),
    )
    .execute();

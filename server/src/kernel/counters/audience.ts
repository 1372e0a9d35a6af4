import { sql } from 'kysely';
import type { Db, Tx } from '../db/database.ts';
import type { FoldedKey } from './fold.ts';
import type { CounterFamily, CounterKind } from './spec.ts';
import { ALL_FLEETS } from './spec.ts';

/**
 * The counters of several fleets together. A person who may read half of the fleets reads counters of their own, which are folded
 * like those of a fleet: hosts are in one fleet at a time, so the sum over fleets is exact.
 * @returns the fleet itself where there is one, -2 or below for several, null for none; -1 for all
 */
export async function ensureAudience(tx: Tx, fleets: 'all' | readonly number[]): Promise<number | null> {
  if (fleets === 'all') return ALL_FLEETS;
  const ids = [...new Set(fleets)].sort((a, b) => a - b);
  if (ids.length <= 1) return ids[0] ?? null;
  await sql`insert into kernel.audience (id, fleet_ids) values (nextval('kernel.audience_id_seq'), ${ids}::int[])
    on conflict (fleet_ids) do nothing`.execute(tx);
  const row = await tx
    .selectFrom('kernel.audience')
    .select('id')
    .where(sql<boolean>`fleet_ids = ${ids}::int[]`)
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The fleets an audience consists of; null when there is no such audience. */
export async function readAudience(db: Db, id: number): Promise<number[] | null> {
  const row = await db.selectFrom('kernel.audience').select('fleet_ids').where('id', '=', id).executeTakeFirst();
  return row?.fleet_ids ?? null;
}

/** Counters that are folded now are not summed up at the same time, and the other way round. */
export const shareAudiences = (tx: Tx) => sql`lock table kernel.audience_counted in row share mode`.execute(tx);

/**
 * Counts one audience that this family has not counted yet, from the counters of its fleets.
 * @returns per kind the keys it has now; null when all audiences are counted
 */
export async function countNextAudience(tx: Tx, family: CounterFamily): Promise<Map<string, FoldedKey[]> | null> {
  const find = sql<{ id: number; fleet_ids: number[] }>`
    select id, fleet_ids from kernel.audience as audience where not exists (
      select from kernel.audience_counted as counted where counted.audience_id = audience.id and counted.family = ${family.name})
    order by id desc limit 1`;
  if ((await find.execute(tx)).rows.length === 0) return null;
  await sql`lock table kernel.audience_counted in exclusive mode`.execute(tx);
  const [audience] = (await find.execute(tx)).rows;
  if (!audience) return null;
  await tx.insertInto('kernel.audience_counted').values({ family: family.name, audience_id: audience.id }).execute();
  const counted = new Map<string, FoldedKey[]>();
  for (const kind of family.kinds) counted.set(kind.kind, await sumFleets(tx, kind, audience));
  return counted;
}

async function sumFleets(
  tx: Tx,
  { table, key }: CounterKind,
  audience: { id: number; fleet_ids: number[] },
): Promise<FoldedKey[]> {
  const column = sql.ref(key);
  const { rows } = await sql<FoldedKey>`
    insert into ${sql.table(table)} (fleet_id, ${column}, hosts)
    select ${audience.id}::int, ${column}, sum(hosts)::int from ${sql.table(table)}
    where fleet_id = any(${audience.fleet_ids}::int[]) group by ${column} having sum(hosts) <> 0 order by ${column}
    returning fleet_id, ${column} as key, 0 as before, hosts as after`.execute(tx);
  return rows;
}

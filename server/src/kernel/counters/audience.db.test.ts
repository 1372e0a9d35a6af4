import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction, type Tx } from '../db/database.ts';
import { createLog } from '../log.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { ensureAudience } from './audience.ts';
import { readCounts } from './compare.ts';
import { foldDeltas } from './fold.ts';
import type { CounterFamily } from './spec.ts';

const title = { kind: 'title', table: 'inventory.title_fleet', key: 'title_id' };
const hostCounts: CounterFamily = { name: 'inventory', deltas: 'inventory.count_delta', kinds: [title] };

async function createCounters() {
  const { db } = await createTestDatabase();
  const ctx = { db, log: createLog('fatal') };
  const add = (fleet: number, keys: number[], by: number[]) =>
    sql`insert into inventory.count_delta (kind, fleet_id, reason, keys, by)
      values ('title', ${fleet}, 'test', ${keys}::int[], ${by}::int[])`.execute(db);
  const fold = async () => {
    while (await inTransaction(ctx, (tx) => foldDeltas(tx, hostCounts)));
  };
  const hostsOf = async (fleet: number) =>
    (
      await sql<{ title_id: number; hosts: number }>`select title_id, hosts from inventory.title_fleet
        where fleet_id = ${fleet} and hosts <> 0 order by title_id`.execute(db)
    ).rows.map((row) => [row.title_id, row.hosts]);
  const audience = (fleets: number[] | 'all') => inTransaction(ctx, (tx) => ensureAudience(tx, fleets));
  const inTx = <T>(run: (tx: Tx) => Promise<T>) => inTransaction(ctx, run);
  return { add, fold, hostsOf, audience, inTx };
}

test('all fleets and a single fleet need no audience of their own, and none reads nothing', async () => {
  const { audience } = await createCounters();
  expect(await Promise.all([audience('all'), audience([7]), audience([])])).toEqual([-1, 7, null]);
});

test('an audience is the sum of its fleets: what was counted before it, what is pending, and what comes', async () => {
  const { add, fold, hostsOf, audience } = await createCounters();
  await add(1, [10, 11], [2, 1]);
  await add(3, [10], [9]);
  await fold();
  await add(2, [10], [5]);
  const id = (await audience([2, 1])) ?? 0;
  expect(id).toBeLessThanOrEqual(-2);
  expect(await audience([1, 2, 1])).toBe(id);
  await fold();
  expect(await hostsOf(id)).toEqual([
    [10, 7],
    [11, 1],
  ]);
  await add(1, [10, 12], [-1, 4]);
  await add(3, [10], [1]);
  await fold();
  expect(await hostsOf(id)).toEqual([
    [10, 6],
    [11, 1],
    [12, 4],
  ]);
});

test('a recount compares fleets and leaves audiences alone', async () => {
  const { add, fold, audience, inTx } = await createCounters();
  await audience([1, 2]);
  await add(1, [10], [2]);
  await fold();
  const counts = await inTx((tx) => readCounts(tx, hostCounts, { kind: title }));
  expect([...counts]).toEqual([['1 10', 2]]);
});

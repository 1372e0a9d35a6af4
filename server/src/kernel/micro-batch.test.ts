import { expect, test } from 'vitest';
import { microBatch } from './micro-batch.ts';

const SOON = { size: 3, waitMilliseconds: 1, atOnce: 1 };

test('items that come together share a batch, and a full batch does not wait', async () => {
  const batches: number[][] = [];
  const batch = microBatch<number, string>(async (items) => {
    batches.push(items);
    return items.map((item) => `item ${item}`);
  }, SOON);
  const results = await Promise.all([1, 2, 3, 4].map((item) => batch.add(item)));
  expect(results).toEqual(['item 1', 'item 2', 'item 3', 'item 4']);
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

test('an item that fails does not fail those it travels with', async () => {
  const done: number[] = [];
  const batch = microBatch<number>(async (items) => {
    if (items.includes(2)) throw new Error('two');
    done.push(...items);
    return [];
  }, SOON);
  const results = await Promise.allSettled([1, 2, 3].map((item) => batch.add(item)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(done).toEqual([1, 3]);
});

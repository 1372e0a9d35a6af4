import { expect, test } from 'vitest';
import { microBatch } from './micro-batch.ts';

const SOON = { size: 3, waitMilliseconds: 1, atOnce: 1 };

test('items that come together share a batch, and a full batch does not wait', async () => {
  const batches: number[][] = [];
  const batch = microBatch<number>(async (items) => void batches.push(items), SOON);
  await Promise.all([1, 2, 3, 4].map((item) => batch.add(item)));
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

test('an item that fails does not fail those it travels with', async () => {
  const done: number[] = [];
  const batch = microBatch<number>(async (items) => {
    if (items.includes(2)) throw new Error('two');
    done.push(...items);
  }, SOON);
  const results = await Promise.allSettled([1, 2, 3].map((item) => batch.add(item)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(done).toEqual([1, 3]);
});

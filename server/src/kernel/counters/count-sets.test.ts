import { expect, test } from 'vitest';
import { createSetCounter } from './count-sets.ts';

test('hosts are counted once for each key, in their fleet and in all', () => {
  const counter = createSetCounter();
  counter.add(null, [1, 2, 2]);
  counter.add(null, [2]);
  counter.add(7, [2, 70_000]);
  expect(Object.fromEntries(counter.finish())).toEqual({
    '0 1': 1,
    '0 2': 2,
    '7 2': 1,
    '7 70000': 1,
    '-1 1': 1,
    '-1 2': 3,
    '-1 70000': 1,
  });
});

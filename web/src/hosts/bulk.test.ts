import { expect, test } from 'vitest';
import { choose, nobody } from './chosen-hosts.ts';
import { hiddenColumns, hostColumns, shownColumns } from './host-columns.tsx';
import { forEach, inParts } from './in-batches.ts';

test('rows are chosen and taken back; one less of all that match leaves the rest of the page', () => {
  const two = choose(nobody, [1, 2, 3], { ids: [1, 2], chosen: true });
  expect([...two.ids]).toEqual([1, 2]);
  expect([...choose(two, [1, 2, 3], { ids: [1], chosen: false }).ids]).toEqual([2]);
  const less = choose({ ids: new Set(), isAll: true }, [1, 2, 3], { ids: [2], chosen: false });
  expect(less.isAll).toBe(false);
  expect([...less.ids]).toEqual([1, 3]);
});

test('many are sent in parts, each once and in order', async () => {
  const parts: number[][] = [];
  const told: number[] = [];
  await inParts([1, 2, 3, 4, 5], {
    size: 2,
    act: async (part) => parts.push(part),
    tell: ({ done }) => told.push(done),
  });
  expect(parts).toEqual([[1, 2], [3, 4], [5]]);
  expect(told).toEqual([2, 4, 5]);
});

test('one that fails does not keep the others from it', async () => {
  const seen: number[] = [];
  const { done, failed, error } = await forEach([1, 2, 3, 4], {
    atOnce: 2,
    act: async (one) => {
      seen.push(one);
      if (one === 2) throw new Error('no');
    },
    tell: () => {},
  });
  expect(seen.sort()).toEqual([1, 2, 3, 4]);
  expect([done, failed, (error as Error).message]).toEqual([3, 1, 'no']);
});

test('hidden columns come back as they were chosen, also when none is hidden', () => {
  const all = hostColumns.map(({ key }) => key);
  expect(shownColumns([], false)).toEqual(['name', 'status', 'os', 'platform', 'seen', 'software']);
  expect(shownColumns(hiddenColumns(all), false)).toEqual(all);
  expect(shownColumns(hiddenColumns(['status']), true)).toEqual(['name', 'status']);
});

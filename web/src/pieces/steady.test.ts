import { expect, test } from 'vitest';
import { steady } from './steady.ts';

const key = (row: { id: string }) => row.id;

test('rows keep their place and show their new content', () => {
  const fresh = [
    { id: 'b', seen: 2 },
    { id: 'a', seen: 1 },
  ];
  expect(steady(['a', 'b'], fresh, key)).toEqual({
    rows: [
      { id: 'a', seen: 1 },
      { id: 'b', seen: 2 },
    ],
    changed: true,
  });
});

test('what is gone leaves, what is new waits to be asked for', () => {
  expect(steady(['a', 'b'], [{ id: 'b' }, { id: 'c' }], key)).toEqual({ rows: [{ id: 'b' }], changed: true });
});

test('the same rows are no change', () => {
  expect(steady(['a'], [{ id: 'a' }], key)).toEqual({ rows: [{ id: 'a' }], changed: false });
});

import { expect, test } from 'vitest';
import { steady } from './steady.ts';

const key = (row: { id: string }) => row.id;
const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

test('rows keep their place and show their new content', () => {
  const fresh = [
    { id: 'b', seen: 2 },
    { id: 'a', seen: 1 },
  ];
  expect(
    steady(
      [
        { id: 'a', seen: 0 },
        { id: 'b', seen: 0 },
      ],
      fresh,
      key,
    ),
  ).toEqual({
    rows: [
      { id: 'a', seen: 1 },
      { id: 'b', seen: 2 },
    ],
    changed: true,
  });
});

test('what is gone stays in its place, what is new waits to be asked for', () => {
  expect(steady([a, b], [b, c], key)).toEqual({ rows: [a, b], changed: true });
});

test('the same rows are no change', () => {
  expect(steady([a], [a], key)).toEqual({ rows: [a], changed: false });
});

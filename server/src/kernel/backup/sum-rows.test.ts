import { expect, test } from 'vitest';
import { createRowSum } from './sum-rows.ts';

const sumOf = (...chunks: string[]) => {
  const sum = createRowSum();
  for (const chunk of chunks) sum.take(Buffer.from(chunk));
  return sum.digest();
};

test('rows in another order, or cut elsewhere, are the same rows', () => {
  const whole = sumOf('1\tone\n2\ttwo\n3\t\\N\n');
  expect(sumOf('3\t\\N\n1\tone\n2\ttwo\n')).toBe(whole);
  expect(sumOf('1\to', '', 'ne\n2', '\ttwo\n3\t\\N', '\n')).toBe(whole);
});

test('a row that is missing, doubled or altered is seen', () => {
  const sums = [sumOf('a\nb\n'), sumOf('a\n'), sumOf('a\nb\nb\n'), sumOf('a\nc\n'), sumOf('ab\n\n'), sumOf('')];
  expect(new Set(sums).size).toBe(sums.length);
});

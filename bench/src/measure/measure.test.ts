import { expect, it } from 'vitest';
import { cpuOf, cpuWithChildren, parseStat } from './cpu.ts';
import { growthExponent } from './growth.ts';
import { percentile } from './percentile.ts';

it('reads times from a stat line, also of a program with spaces and brackets in its name', () => {
  const line = '42 (a) b (c) S 7 42 42 0 -1 4194304 1 2 3 4 150 50 25 75 20 0 1 0 100 0 0';
  expect(parseStat(line)).toEqual({ parent: 7, own: 2, ended: 1 });
});

it.runIf(process.platform === 'linux')('knows the time of this very process, and none of one that is gone', () => {
  const own = cpuOf(process.pid);
  expect(own).toBeGreaterThan(0);
  expect(cpuWithChildren(process.pid)).toBeGreaterThanOrEqual(own);
  expect(cpuOf(2 ** 22 + 1)).toBe(0);
});

it('percentiles are values that occurred', () => {
  const values = [5, 1, 4, 2, 3];
  expect(percentile(values, 0.5)).toBe(3);
  expect(percentile(values, 0.95)).toBe(5);
  expect(percentile([], 0.5)).toBe(0);
});

it('growth is 1 for what doubles with size, 2 for what quadruples, 0 for what stays', () => {
  const grown = (cost: (size: number) => number) =>
    growthExponent([100, 200, 400].map((size) => ({ size, cost: cost(size) })));
  expect(grown((size) => 3 * size)).toBeCloseTo(1);
  expect(grown((size) => size * size)).toBeCloseTo(2);
  expect(grown(() => 7)).toBeCloseTo(0);
});

import { expect, it } from 'vitest';
import { createBackOff } from './back-off.ts';

it('doubles up to a minute, is short again after a success, and differs from host to host', () => {
  const latest = createBackOff({ random: () => 1 });
  expect(Array.from({ length: 8 }, () => latest.next())).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((s) => s * 1000));
  latest.reset();
  expect(latest.next()).toBe(1000);
  expect(createBackOff({ random: () => 0 }).next()).toBe(250);
});

it('spreads hosts that failed together over most of a minute', () => {
  const pauses = Array.from({ length: 1000 }, () => {
    const backOff = createBackOff();
    for (let failure = 0; failure < 7; failure += 1) backOff.next();
    return backOff.next();
  });
  const seconds = Map.groupBy(pauses, (pause) => Math.floor(pause / 1000));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(15_000);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(60_000);
  expect(seconds.size).toBeGreaterThan(40);
  expect(Math.max(...[...seconds.values()].map(({ length }) => length))).toBeLessThan(60);
});

it('waits longer than the server asked for, within reason', () => {
  const backOff = createBackOff({ random: () => 1 });
  expect(backOff.next(30_000)).toBe(31_000);
  expect(backOff.next(1e12)).toBe(602_000);
});

import { expect, it } from 'vitest';
import { createBackOff } from './back-off.ts';

it('doubles up to a minute, is short again after a success, and differs from host to host', () => {
  const latest = createBackOff({ random: () => 1 });
  expect(Array.from({ length: 8 }, () => latest.next())).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((s) => s * 1000));
  latest.reset();
  expect(latest.next()).toBe(1000);
  expect(createBackOff({ random: () => 0 }).next()).toBe(500);
});

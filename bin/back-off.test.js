import { expect, it } from 'vitest';
import { createBackOff } from './back-off.js';

it('doubles its pauses up to a limit and starts again after a long run', () => {
  const backOff = createBackOff(1000, 5000);
  expect([0, 0, 0, 0, 0].map((ranFor) => backOff.after(ranFor))).toEqual([1000, 2000, 4000, 5000, 5000]);
  expect(backOff.after(5001)).toBe(1000);
});

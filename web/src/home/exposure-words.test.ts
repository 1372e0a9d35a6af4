import type { ExposurePoint } from '@flotilla/contract/exposure';
import { expect, test } from 'vitest';
import { jumpsOf } from './exposure-words.ts';

test('a jump is told with what moved it most, and what hardly moves the line is not', () => {
  const points: ExposurePoint[] = [
    { at: '2026-03-01T00:00:00.000Z', score: 1000, by_reason: { new_advisory: 1000 } },
    { at: '2026-03-02T00:00:00.000Z', score: 1010, by_reason: { new_software: 10 } },
    { at: '2026-03-03T00:00:00.000Z', score: 410, by_reason: { fixed: -700, new_software: 100 } },
  ];
  expect(jumpsOf(points)).toEqual([
    { at: '2026-03-01T00:00:00.000Z', by: 1000, words: '+1,000, mostly by new advisories' },
    { at: '2026-03-03T00:00:00.000Z', by: -600, words: '−600, mostly by fixes' },
  ]);
});

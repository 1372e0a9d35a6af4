import { expect, test } from 'vitest';
import { partName, partState } from './part-state.ts';

const good = { part: 'deb', ok_at: '2026-05-04T12:00:00Z', software_count: 7, held: false, error: null, problems: [] };

test('parts have plain names', () => {
  expect([partName('deb'), partName('chrome_extensions')]).toEqual(['Debian packages', 'chrome extensions']);
});

test('the worst that is known of a part is said first', () => {
  expect(partState(good)).toEqual({ tone: 'good', words: 'Complete' });
  expect(partState({ ...good, ok_at: null }).tone).toBe('wait');
  expect(partState({ ...good, problems: [{ reason: 'x', count: 1, example: '' }] }).words).toBe('1 row not understood');
  expect(partState({ ...good, held: true }).words).toContain('Held');
  expect(partState({ ...good, held: true, error: 'timed out' }).words).toBe('Not renewed: timed out');
});

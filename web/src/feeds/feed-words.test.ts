import { expect, test } from 'vitest';
import { feedWords } from './feed-words.ts';

const at = '2026-01-01T00:00:00Z';

test('a feed says what is wrong with it, and that old data stay', () => {
  expect(
    feedWords({
      is_absent: false,
      is_snapshot: false,
      is_needed: true,
      failure: { at, reason: 'gone' },
      held: null,
      fetched_at: at,
    }),
  ).toEqual({
    tone: 'bad',
    words: 'The last update failed: gone; the data before stay in use',
  });
  expect(
    feedWords({
      is_absent: false,
      is_snapshot: false,
      is_needed: true,
      failure: { at, reason: 'gone' },
      held: null,
      fetched_at: null,
    }).words,
  ).toBe('The last update failed: gone');
  expect(
    feedWords({
      is_absent: false,
      is_snapshot: false,
      is_needed: true,
      failure: null,
      held: { at, reason: '5 records are gone' },
      fetched_at: at,
    }).tone,
  ).toBe('warn');
  expect(
    feedWords({ is_absent: false, is_snapshot: false, is_needed: true, failure: null, held: null, fetched_at: null })
      .words,
  ).toBe('Not fetched yet');
  expect(
    feedWords({ is_absent: false, is_snapshot: false, is_needed: true, failure: null, held: null, fetched_at: at })
      .tone,
  ).toBe('good');
  expect(
    feedWords({ is_absent: false, is_snapshot: false, is_needed: false, failure: null, held: null, fetched_at: null })
      .words,
  ).toMatch('no host has');
  expect(
    feedWords({
      is_absent: false,
      is_snapshot: true,
      is_needed: true,
      failure: { at, reason: 'no way' },
      held: null,
      fetched_at: at,
    }).words,
  ).toBe('Never fetched: no way; in use are the data that came with Flotilla');
});

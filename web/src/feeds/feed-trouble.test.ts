import type { FeedState } from '@flotilla/contract/feeds';
import { expect, test } from 'vitest';
import { feedTrouble, isInUse } from './feed-trouble.ts';

const at = '2026-11-20T00:00:00Z';
const now = Date.parse('2026-11-24T12:00:00Z');
const feed = (more: Partial<FeedState>): FeedState => ({
  ...{ name: 'a', title: 'A', is_needed: true, is_absent: false, is_snapshot: false, records: 1, problems: 0 },
  ...{ published_at: at, fetched_at: at, verified_at: at, failure: null, held: null },
  ...more,
});
const trouble = { at, reason: 'gone' };

test('good feeds, and those that nobody needs or the mirror leaves out, are no trouble', () => {
  expect(
    feedTrouble(
      [
        feed({}),
        feed({ is_needed: false, failure: trouble }),
        feed({ is_absent: true }),
        feed({ fetched_at: null, verified_at: null, published_at: null }),
      ],
      now,
    ),
  ).toEqual([]);
});

test('data that came with Flotilla are told with their days and their age', () => {
  const shipped = { is_snapshot: true, failure: trouble, verified_at: null };
  expect(feedTrouble([feed({ ...shipped, published_at: '2023-04-02T00:00:00Z' }), feed(shipped)], now)).toEqual([
    '2 feeds could not be reached yet: findings rest on the data that came with Flotilla, of 2023-04-02 to 2026-11-20, the newest 4 days old.',
  ]);
  expect(feedTrouble([feed(shipped)], now)).toEqual([
    '1 feed could not be reached yet: findings rest on the data that came with Flotilla, of 2026-11-20, the newest 4 days old.',
  ]);
  expect(isInUse(feed({ ...shipped, is_absent: true }))).toBe(true);
});

test('data held, not renewed and never there are told by name, and only the first ones of many', () => {
  expect(
    feedTrouble([feed({ title: 'H', held: trouble }), feed({ title: 'E', failure: trouble, fetched_at: null })], now),
  ).toEqual([
    'New data of H are held, for they look damaged; the data before stay in use.',
    'E could not be fetched: nothing is known from there.',
  ]);
  const failed = ['A', 'B', 'C', 'D', 'E'].map((title) => feed({ title, failure: trouble }));
  expect(feedTrouble(failed, now)).toEqual([
    'A, B, C and 2 other feeds could not be renewed; the data before stay in use.',
  ]);
});

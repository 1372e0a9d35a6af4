import type { FeedState } from '@flotilla/contract/feeds';
import { expect, it } from 'vitest';
import { feedsTable } from './feeds-table.ts';

const at = '2026-01-01T00:00:00Z';
const feed: FeedState = {
  is_needed: true,
  is_absent: false,
  is_snapshot: false,
  name: 'a-feed',
  title: 'A feed',
  records: 1674,
  problems: 2,
  published_at: null,
  fetched_at: at,
  verified_at: at,
  failure: null,
  held: null,
};

it('aligns a line for each feed and says what is wrong in one line', () => {
  const never = { ...feed, name: 'b', records: 0, problems: 0, fetched_at: null, verified_at: null };
  const failed = { ...feed, name: 'c', failure: { at, reason: 'the file\nis gone' } };
  const held = { ...feed, name: 'd', held: { at, reason: 'it is older' } };
  const shipped = { ...failed, name: 'e', is_snapshot: true, published_at: '2025-12-30T00:00:00Z', verified_at: null };
  expect(feedsTable([feed, never, failed, held, shipped], Date.parse('2026-01-01T03:10:00Z'))).toBe(
    [
      'FEED    RECORDS  PROBLEMS  CHANGED  CONFIRMED  STATE',
      'a-feed     1674         2  3 h ago  3 h ago    ok',
      'b             0         0  never    never      never fetched',
      'c          1674         2  3 h ago  3 h ago    failed: the file is gone',
      'd          1674         2  3 h ago  3 h ago    held: it is older',
      'e          1674         2  3 h ago  never      came with Flotilla, of 2025-12-30, 2 d ago; the file is gone',
    ].join('\n'),
  );
});

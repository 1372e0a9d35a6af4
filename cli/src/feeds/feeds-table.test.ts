import type { FeedState } from '@flotilla/contract/feeds';
import { expect, it } from 'vitest';
import { feedsTable } from './feeds-table.ts';

const at = '2026-01-01T00:00:00Z';
const feed: FeedState = {
  is_needed: true,
  is_absent: false,
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
  expect(feedsTable([feed, never, failed, held], Date.parse('2026-01-01T03:10:00Z'))).toBe(
    [
      'FEED    RECORDS  PROBLEMS  CHANGED  CONFIRMED  STATE',
      'a-feed     1674         2  3 h ago  3 h ago    ok',
      'b             0         0  never    never      never fetched',
      'c          1674         2  3 h ago  3 h ago    failed: the file is gone',
      'd          1674         2  3 h ago  3 h ago    held: it is older',
    ].join('\n'),
  );
});

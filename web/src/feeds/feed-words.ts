import type { FeedState } from '@flotilla/contract/feeds';

type Told = Pick<FeedState, 'failure' | 'held' | 'fetched_at' | 'is_needed' | 'is_absent'>;

/** How a feed is, and why. */
export function feedWords({ failure, held, fetched_at, is_needed, is_absent }: Told): {
  tone: 'good' | 'wait' | 'warn' | 'bad';
  words: string;
} {
  if (!is_needed) return { tone: 'wait', words: 'Not fetched: no host has software that it tells of' };
  if (is_absent) return { tone: 'wait', words: 'Not in the mirror' };
  const kept = fetched_at === null ? '' : '; the data before stay in use';
  if (failure) return { tone: 'bad', words: `The last update failed: ${failure.reason}${kept}` };
  if (held) return { tone: 'warn', words: `New data are held: ${held.reason}${kept}` };
  if (fetched_at === null) return { tone: 'wait', words: 'Not fetched yet' };
  return { tone: 'good', words: 'Up to date at the last look' };
}

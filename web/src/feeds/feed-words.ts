import type { FeedState } from '@flotilla/contract/feeds';

/** How a feed is, and why. */
export function feedWords({ failure, held, fetched_at }: Pick<FeedState, 'failure' | 'held' | 'fetched_at'>): {
  tone: 'good' | 'wait' | 'warn' | 'bad';
  words: string;
} {
  const kept = fetched_at === null ? '' : '; the data before stay in use';
  if (failure) return { tone: 'bad', words: `The last update failed: ${failure.reason}${kept}` };
  if (held) return { tone: 'warn', words: `New data are held: ${held.reason}${kept}` };
  if (fetched_at === null) return { tone: 'wait', words: 'Never fetched' };
  return { tone: 'good', words: 'Up to date at the last look' };
}

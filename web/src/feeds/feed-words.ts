import type { FeedState } from '@flotilla/contract/feeds';

type Told = Pick<FeedState, 'failure' | 'held' | 'fetched_at' | 'is_needed' | 'is_absent' | 'is_snapshot'>;

/** How a feed is, and why. */
export function feedWords({ failure, held, fetched_at, is_needed, is_absent, is_snapshot }: Told): {
  tone: 'good' | 'wait' | 'warn' | 'bad';
  words: string;
} {
  if (!is_needed) return { tone: 'wait', words: 'Not fetched: no host has software that it tells of' };
  if (is_absent && !is_snapshot) return { tone: 'wait', words: 'Not in the mirror' };
  if (is_snapshot) return { tone: is_absent ? 'wait' : 'warn', words: snapshotWords(failure ?? held) };
  const kept = fetched_at === null ? '' : '; the data before stay in use';
  if (failure) return { tone: 'bad', words: `The last update failed: ${failure.reason}${kept}` };
  if (held) return { tone: 'warn', words: `New data are held: ${held.reason}${kept}` };
  if (fetched_at === null) return { tone: 'wait', words: 'Not fetched yet' };
  return { tone: 'good', words: 'Up to date at the last look' };
}

function snapshotWords(trouble: Told['failure']): string {
  const why = trouble ? `Never fetched: ${trouble.reason}` : 'Never fetched';
  return `${why}; in use are the data that came with Flotilla`;
}

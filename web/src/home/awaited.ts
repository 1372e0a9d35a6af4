import type { dataHealth } from '@flotilla/contract/data-health';
import type { FeedState } from '@flotilla/contract/feeds';
import type { ResponseOf } from '@flotilla/contract/route';
import { counted } from '../pieces/words.ts';

type Health = ResponseOf<typeof dataHealth>;

/** What has to happen before Home can say what is urgent, as a sentence; null: software was judged. */
export function awaited(health: Health, feeds: readonly FeedState[]): string | null {
  const cannot = health.unjudged.reduce((sum, { versions }) => sum + versions, 0);
  if (health.judged_versions + health.waiting_versions + cannot === 0) {
    return 'No host has reported its software yet: what is urgent is said as soon as one did';
  }
  const coming = feeds.filter(isComing);
  if (coming.length > 0) {
    return `${counted(coming.length, 'feed')} of vulnerabilities ${coming.length === 1 ? 'is' : 'are'} being read: what is urgent is said after that`;
  }
  if (health.waiting_versions > 0) {
    return `${counted(health.waiting_versions, 'version')} of software ${health.waiting_versions === 1 ? 'waits' : 'wait'} to be judged: what is urgent is said after that`;
  }
  if (health.judged_versions === 0) return 'No feed tells of the software on the hosts: what is urgent is unknown';
  return null;
}

/** Needed, on its way for the first time, and not given up. */
const isComing = ({ is_needed, is_absent, is_snapshot, fetched_at, failure, held }: FeedState): boolean =>
  is_needed && !is_absent && !is_snapshot && fetched_at === null && failure === null && held === null;

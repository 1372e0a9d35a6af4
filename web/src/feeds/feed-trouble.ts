import type { FeedState } from '@flotilla/contract/feeds';
import { counted, listed } from '../pieces/words.ts';

/** Whether some host needs a feed, and there are data of it or at least should be. */
export const isInUse = ({ is_needed, is_absent, is_snapshot }: FeedState) => is_needed && (!is_absent || is_snapshot);

/** What everybody should know about the data that findings rest on, in sentences; empty when there is nothing. */
export function feedTrouble(feeds: readonly FeedState[], now: number): string[] {
  const inUse = feeds.filter(isInUse);
  const shipped = inUse.filter(({ is_snapshot }) => is_snapshot);
  // What nobody publishes came with Flotilla whether the others can be reached or not.
  const unreached = shipped.filter(({ is_absent }) => !is_absent);
  const others = inUse.filter(({ is_snapshot }) => !is_snapshot);
  const held = others.filter((feed) => feed.held);
  const failed = others.filter((feed) => feed.failure);
  const missing = failed.filter(({ fetched_at }) => fetched_at === null);
  const old = failed.filter(({ fetched_at }) => fetched_at !== null);
  return [
    unreached.length > 0 &&
      `${counted(unreached.length, 'feed')} could not be reached yet: ${shippedWords(shipped, now)}.`,
    held.length > 0 && `New data of ${named(held)} are held, for they look damaged; the data before stay in use.`,
    old.length > 0 && `${named(old)} could not be renewed; the data before stay in use.`,
    missing.length > 0 && `${named(missing)} could not be fetched: nothing is known from there.`,
  ].filter((sentence) => sentence !== false);
}

function shippedWords(feeds: readonly FeedState[], now: number): string {
  const days = feeds.flatMap(({ published_at }) => published_at ?? []).sort();
  const [oldest = '', newest = ''] = [days[0], days.at(-1)];
  const dates = oldest.slice(0, 10) === newest.slice(0, 10) ? 'of' : `of ${oldest.slice(0, 10)} to`;
  return `findings rest on the data that came with Flotilla, ${dates} ${newest.slice(0, 10)}, the newest ${counted(daysSince(newest, now), 'day')} old`;
}

const daysSince = (moment: string, now: number) => Math.max(0, Math.floor((now - Date.parse(moment)) / 86_400_000));

const MOST_NAMED = 3;

function named(feeds: readonly FeedState[]): string {
  const names = feeds.slice(0, MOST_NAMED).map(({ title }) => title);
  const more = feeds.length - names.length;
  return listed(more > 0 ? [...names, counted(more, 'other feed')] : names);
}

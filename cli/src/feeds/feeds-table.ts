import type { FeedState } from '@flotilla/contract/feeds';
import { aligned } from '../aligned.ts';

/** The state of feeds for a person: a line each, and below it what is wrong. */
export function feedsTable(feeds: readonly FeedState[], now: number): string {
  const rows = feeds.map((feed) => [
    feed.name,
    `${feed.records}`,
    `${feed.problems}`,
    age(feed.fetched_at, now),
    age(feed.verified_at, now),
    stateOf(feed, now),
  ]);
  return aligned([['FEED', 'RECORDS', 'PROBLEMS', 'CHANGED', 'CONFIRMED', 'STATE'], ...rows], [1, 2]);
}

function stateOf({ failure, held, fetched_at, is_needed, is_absent, ...feed }: FeedState, now: number): string {
  if (!is_needed) return 'not needed';
  if (feed.is_snapshot) {
    const why = failure ?? held;
    return `came with Flotilla, of ${feed.published_at?.slice(0, 10)}, ${age(feed.published_at, now)}${why ? `; ${oneLine(why.reason)}` : ''}`;
  }
  if (is_absent) return 'not in the mirror';
  if (failure) return `failed: ${oneLine(failure.reason)}`;
  if (held) return `held: ${oneLine(held.reason)}`;
  return fetched_at === null ? 'never fetched' : 'ok';
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

function age(moment: string | null, now: number): string {
  if (moment === null) return 'never';
  const seconds = Math.max(0, (now - Date.parse(moment)) / 1000);
  for (const [unit, size] of units) if (seconds >= size) return `${Math.floor(seconds / size)} ${unit} ago`;
  return 'just now';
}

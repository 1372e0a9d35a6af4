import type { FeedState } from '@flotilla/contract/feeds';

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
  return aligned([['FEED', 'RECORDS', 'PROBLEMS', 'CHANGED', 'CONFIRMED', 'STATE'], ...rows]);
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

const numeric = new Set([1, 2]);

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    numeric.has(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

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

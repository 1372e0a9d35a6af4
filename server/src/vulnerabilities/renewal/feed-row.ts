import type { FeedState } from '@flotilla/feeds/fetching/feed-state';
import type { FeedRow } from '../queries/feeds.ts';

/**
 * A feed after an update, as it is stored. What is told of its data is of those in use: where the cache has none, as after a
 * loss of the folder, of those that the database has.
 */
export function rowOf(name: string, state: FeedState, before: FeedRow | undefined): FeedRow {
  const { generation, delivery, failure, held } = state;
  const isHere = generation !== null;
  return {
    name,
    generation: isHere ? generation : (before?.generation ?? null),
    records: isHere ? (delivery?.records ?? 0) : (before?.records ?? 0),
    problems: isHere ? (delivery?.problems ?? 0) : (before?.problems ?? 0),
    published_at: isHere ? date(delivery?.published) : (before?.published_at ?? null),
    fetched_at: isHere ? date(state.fetchedAt) : (before?.fetched_at ?? null),
    verified_at: isHere ? date(state.verifiedAt) : (before?.verified_at ?? null),
    failure: failure?.reason ?? null,
    failed_at: date(failure?.at),
    is_absent: failure?.isAbsent ?? false,
    is_snapshot: isHere ? false : (before?.is_snapshot ?? false),
    held_reason: held?.reason ?? null,
    held_at: date(held?.at),
  };
}

const date = (text: string | null | undefined) => (text ? new Date(text) : null);

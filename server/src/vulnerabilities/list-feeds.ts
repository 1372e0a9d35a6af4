import type { FeedState as FeedAnswer } from '@flotilla/contract/feeds';
import { type FeedName, feedNames, feeds } from '@flotilla/feeds/feeds';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { type FeedRow, readFeeds } from './queries/feeds.ts';
import { findNeededFeeds } from './update-feeds.ts';

/** Every feed, also those that never came. */
export async function listFeeds(ctx: Context): Promise<FeedAnswer[]> {
  permitSome(ctx.actor, 'software:read');
  const [stored, needed] = await Promise.all([readFeeds(ctx.db), findNeededFeeds(ctx)]);
  const rows = new Map(stored.map((row) => [row.name, row]));
  return feedNames.map((name) => ({ ...toAnswer(name, rows.get(name)), is_needed: needed.has(name) }));
}

function toAnswer(name: FeedName, row: FeedRow | undefined): Omit<FeedAnswer, 'is_needed'> {
  const trouble = (reason: string | null | undefined, at: Date | null | undefined) =>
    reason && at ? { reason, at: at.toISOString() } : null;
  return {
    name,
    title: feeds[name].title,
    records: row?.records ?? 0,
    problems: row?.problems ?? 0,
    published_at: row?.published_at?.toISOString() ?? null,
    fetched_at: row?.fetched_at?.toISOString() ?? null,
    verified_at: row?.verified_at?.toISOString() ?? null,
    is_absent: row?.is_absent ?? false,
    failure: row?.is_absent ? null : trouble(row?.failure, row?.failed_at),
    held: trouble(row?.held_reason, row?.held_at),
  };
}

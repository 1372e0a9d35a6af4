import type { FeedState as FeedAnswer, listFeeds as route } from '@flotilla/contract/feeds';
import { type FeedName, feedNames, feeds } from '@flotilla/feeds/feeds';
import type { Static } from 'typebox';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { type FeedRow, readFeeds } from './queries/feeds.ts';
import { readCheck } from './queries/self-check.ts';
import { findNeededFeeds } from './update-feeds.ts';

/** Every feed, also those that never came, and how the last comparison of findings with judging anew went. */
export async function listFeeds(ctx: Context): Promise<Static<typeof route.response>> {
  permitSome(ctx.actor, 'software:read');
  const [stored, needed, check] = await Promise.all([readFeeds(ctx.db), findNeededFeeds(ctx), readCheck(ctx.db)]);
  const rows = new Map(stored.map((row) => [row.name, row]));
  return {
    feeds: feedNames.map((name) => ({ ...toAnswer(name, rows.get(name)), is_needed: needed.has(name) })),
    self_check: check
      ? { checked_at: check.checked_at.toISOString(), software: check.software, drifted: check.drifted }
      : null,
  };
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
    is_snapshot: row?.is_snapshot ?? false,
    failure: row?.is_absent ? null : trouble(row?.failure, row?.failed_at),
    held: trouble(row?.held_reason, row?.held_at),
  };
}

import { join } from 'node:path';
import type { FeedState as FeedAnswer } from '@flotilla/contract/feeds';
import { filesIn } from '@flotilla/feeds/feed-files';
import { type FeedName, feedNames, feeds } from '@flotilla/feeds/feeds';
import { feedSource } from '@flotilla/feeds/fetching/feed-source';
import type { FeedState } from '@flotilla/feeds/fetching/feed-state';
import { updateFeed } from '@flotilla/feeds/update-feed';
import { storeLifecycles } from '../inventory/index.ts';
import { permit, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { type FeedRow, readFeeds, writeFeed } from './queries/feeds.ts';
import { storeFeed } from './store-feed.ts';

/** Updates of this process, one after the other: two would fetch into one folder. */
let running: Promise<unknown> = Promise.resolve();

/** Brings every feed up to date. What goes wrong with one is in its state and touches no other. */
export async function updateFeeds(ctx: Context): Promise<FeedAnswer[]> {
  permit(ctx.actor, 'feeds:write');
  const update = running.then(async () => {
    for (const name of feedNames) await updateOne(ctx, name);
  });
  running = update.catch(() => undefined);
  await update;
  return listFeeds(ctx);
}

async function updateOne(ctx: Context, name: FeedName): Promise<void> {
  const cacheFolder = join(ctx.config.dataDir, 'feeds');
  const { outcome, state } = await updateFeed(name, {
    cacheFolder,
    source: feedSource(ctx.config.feedsUrl ?? undefined),
    now: ctx.clock(),
  });
  ctx.log.info({ feed: name, outcome, failure: state.failure?.reason, held: state.held?.reason }, 'feed updated');
  const stored = (await readFeeds(ctx.db)).find((row) => row.name === name)?.generation ?? null;
  const row = toRow(name, state, stored);
  if (state.generation !== null && state.generation !== stored) {
    const files = filesIn(join(cacheFolder, name, state.generation), feeds[name].limits);
    const items = feeds[name].parse(files);
    const store = feeds[name].tells === 'lifecycles' ? storeLifecycles(ctx, items) : storeFeed(ctx, name, items);
    ctx.log.info({ feed: name, software: await store }, 'feed stored');
    await writeFeed(ctx.db, { ...row, generation: state.generation });
  } else await writeFeed(ctx.db, row);
}

const date = (text: string | null | undefined) => (text ? new Date(text) : null);

function toRow(name: string, { delivery, ...state }: FeedState, generation: string | null): FeedRow {
  return {
    name,
    generation,
    records: delivery?.records ?? 0,
    problems: delivery?.problems ?? 0,
    published_at: date(delivery?.published),
    fetched_at: date(state.fetchedAt),
    verified_at: date(state.verifiedAt),
    failure: state.failure?.reason ?? null,
    failed_at: date(state.failure?.at),
    held_reason: state.held?.reason ?? null,
    held_at: date(state.held?.at),
  };
}

/** Every feed, also those that never came. */
export async function listFeeds(ctx: Context): Promise<FeedAnswer[]> {
  permitSome(ctx.actor, 'software:read');
  const rows = new Map((await readFeeds(ctx.db)).map((row) => [row.name, row]));
  return feedNames.map((name) => toAnswer(name, rows.get(name)));
}

function toAnswer(name: FeedName, row: FeedRow | undefined): FeedAnswer {
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
    failure: trouble(row?.failure, row?.failed_at),
    held: trouble(row?.held_reason, row?.held_at),
  };
}

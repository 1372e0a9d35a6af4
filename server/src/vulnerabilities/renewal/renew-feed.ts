import { join } from 'node:path';
import type { FeedFiles, FeedItem } from '@flotilla/feeds/feed';
import { filesInUse } from '@flotilla/feeds/feed-files';
import { type FeedName, feeds } from '@flotilla/feeds/feeds';
import { feedSource } from '@flotilla/feeds/fetching/feed-source';
import { updateFeed } from '@flotilla/feeds/update-feed';
import { storeLifecycles } from '../../inventory/index.ts';
import type { Context } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db/database.ts';
import { type FeedRow, readFeeds, writeFeed } from '../queries/feeds.ts';
import { storeDelivery } from '../store-feed.ts';
import { rowOf } from './feed-row.ts';
import { HeldError } from './mass-change.ts';
import { findSnapshot } from './use-snapshot.ts';

/** A person wants data used that are held; what else is written with them, in one transaction. */
export type Acceptance = (tx: Tx) => Promise<unknown>;

/**
 * Asks for one feed and stores what is new of it. What goes wrong is in the feed's row, and what is stored stays as it was.
 * One that nobody could ever fetch is taken from the snapshot that came with Flotilla.
 */
export async function renewFeed(ctx: Context, name: FeedName, accepted?: Acceptance): Promise<FeedRow> {
  const cacheFolder = join(ctx.config.dataDir, 'feeds');
  const before = (await readFeeds(ctx.db)).find((row) => row.name === name);
  const isGuarded = !accepted && before?.generation != null && !before.is_snapshot;
  const takeIn = (files: FeedFiles) => store({ ctx, name, isGuarded, accepted }, feeds[name].parse(files));
  const source = feedSource(ctx.config.feedsUrl ?? undefined);
  const options = {
    ...{ cacheFolder, source, tokens: ctx.config.feedTokens, now: ctx.clock() },
    ...{ acceptHeld: accepted !== undefined, takeIn },
  };
  const { outcome, state } = await updateFeed(name, options);
  ctx.log.info({ feed: name, outcome, failure: state.failure?.reason, held: state.held?.reason }, 'feed updated');
  let row = rowOf(name, state, before);
  if (outcome !== 'updated' && state.generation !== null && state.generation !== before?.generation) {
    // The files are there and what they say is not: the database is another one, or what stored them was interrupted.
    const files = await filesInUse(cacheFolder, name, feeds[name].limits);
    const reason = files && (await takeIn(files));
    if (reason) row = { ...(before ?? row), held_reason: reason, held_at: ctx.clock() };
  }
  const wasNeverFetched = state.generation === null && (row.generation === null || row.is_snapshot);
  // What a mirror leaves out is not wanted; what nobody publishes can come from nowhere else.
  if (wasNeverFetched && (!row.is_absent || source.kind === 'upstream')) {
    row = await fromSnapshot(ctx, row, before);
  }
  await writeFeed(ctx.db, row);
  return row;
}

/** @returns the row of a feed that now is as in the snapshot; the same row where the snapshot does not have it */
async function fromSnapshot(ctx: Context, row: FeedRow, before: FeedRow | undefined): Promise<FeedRow> {
  const name = row.name as FeedName;
  const found = await findSnapshot(name);
  if (!found) return row;
  const { generation, records, problems, published, items } = found;
  const isStored = before?.generation === generation;
  if (!isStored) await store({ ctx, name, isGuarded: false }, items());
  const published_at = new Date(published);
  const fetched_at = isStored ? before.fetched_at : ctx.clock();
  return { ...row, generation, records, problems, published_at, fetched_at, is_snapshot: true };
}

interface Storing {
  ctx: Context;
  name: FeedName;
  /** Whether data that would close or open very many findings are held. */
  isGuarded: boolean;
  accepted?: Acceptance;
}

/** @returns why the items must not be stored; null when they are */
async function store(
  { ctx, name, isGuarded, accepted }: Storing,
  items: AsyncIterable<FeedItem>,
): Promise<string | null> {
  try {
    const stored =
      feeds[name].tells === 'lifecycles'
        ? await storeLifecycles(ctx, items, accepted)
        : await storeDelivery(ctx, { feed: name, items, isGuarded, also: accepted });
    ctx.log.info({ feed: name, software: stored }, 'feed stored');
    return null;
  } catch (error) {
    if (error instanceof HeldError) return error.message;
    throw error;
  }
}

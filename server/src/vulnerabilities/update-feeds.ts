import { join } from 'node:path';
import type { Feed } from '@flotilla/feeds/feed';
import { filesIn } from '@flotilla/feeds/feed-files';
import { type FeedName, feedNames, feeds } from '@flotilla/feeds/feeds';
import { feedSource } from '@flotilla/feeds/fetching/feed-source';
import type { FeedState } from '@flotilla/feeds/fetching/feed-state';
import { updateFeed } from '@flotilla/feeds/update-feed';
import { storeLifecycles } from '../inventory/index.ts';
import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { type FeedRow, findScopesInUse, readFeeds, writeFeed } from './queries/feeds.ts';
import { storeFeed } from './store-feed.ts';

const MINUTE = 60_000;
const RETRY_MINUTES = 60;

/** Updates of this process, one after the other: two would fetch into one folder. */
let running: Promise<unknown> = Promise.resolve();

/** Brings every feed that some host needs up to date. What goes wrong with one is in its state and touches no other. */
export const updateFeeds = (ctx: Context): Promise<number> => updateThose(ctx, () => true);

/** Those whose time has come: also one that software was first seen for just now. */
export const updateDueFeeds = (ctx: Context): Promise<number> =>
  updateThose(ctx, (name, row) => isDue(feeds[name].schedule, row, ctx.clock()));

/** @returns how many were asked for */
async function updateThose(
  ctx: Context,
  isWanted: (name: FeedName, row: FeedRow | undefined) => boolean,
): Promise<number> {
  permit(ctx.actor, 'feeds:write');
  const update = running.then(async () => {
    const [needed, rows] = await Promise.all([findNeededFeeds(ctx), readFeeds(ctx.db)]);
    const wanted = feedNames.filter(
      (name) =>
        needed.has(name) &&
        isWanted(
          name,
          rows.find((row) => row.name === name),
        ),
    );
    for (const name of wanted) await updateOne(ctx, name);
    return wanted.length;
  });
  running = update.catch(() => undefined);
  return update;
}

/** One that failed is asked for again within the hour. */
function isDue({ everyMinutes }: Feed['schedule'], row: FeedRow | undefined, now: Date): boolean {
  const isOlder = (at: Date | null | undefined, minutes: number) =>
    !at || at.getTime() + minutes * MINUTE <= now.getTime();
  return (
    isOlder(row?.verified_at, everyMinutes) &&
    isOlder(row?.failed_at ?? row?.held_at, Math.min(everyMinutes, RETRY_MINUTES))
  );
}

/** Whether there is a feed that some host needs and that nobody ever asked for. */
export async function lacksFeeds(ctx: Context): Promise<boolean> {
  const [needed, rows] = await Promise.all([findNeededFeeds(ctx), readFeeds(ctx.db)]);
  for (const { name } of rows) needed.delete(name as FeedName);
  return needed.size > 0;
}

/** Those that tell of software some host has, and those that tell of vulnerabilities themselves. */
export async function findNeededFeeds({ db, config }: Pick<Context, 'db' | 'config'>): Promise<Set<FeedName>> {
  const inUse = await findScopesInUse(
    db,
    feedNames.flatMap((name) => feeds[name].scopes),
  );
  // A mirror wants no token.
  const isOpen = ({ token }: Feed) => token === undefined || config.feedsUrl !== null || token in config.feedTokens;
  const isNeeded = (feed: Feed) =>
    isOpen(feed) && (feed.scopes.length === 0 || feed.scopes.some((scope) => inUse.has(scope)));
  return new Set(feedNames.filter((name) => isNeeded(feeds[name])));
}

async function updateOne(ctx: Context, name: FeedName): Promise<void> {
  const cacheFolder = join(ctx.config.dataDir, 'feeds');
  const { outcome, state } = await updateFeed(name, {
    cacheFolder,
    source: feedSource(ctx.config.feedsUrl ?? undefined),
    tokens: ctx.config.feedTokens,
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
    is_absent: state.failure?.isAbsent ?? false,
    held_reason: state.held?.reason ?? null,
    held_at: date(state.held?.at),
  };
}

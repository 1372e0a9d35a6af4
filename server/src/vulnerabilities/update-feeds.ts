import type { Feed } from '@flotilla/feeds/feed';
import { type FeedName, feedNames, feeds } from '@flotilla/feeds/feeds';
import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { type FeedRow, findScopesInUse, readFeeds } from './queries/feeds.ts';
import { renewFeed } from './renewal/renew-feed.ts';

const MINUTE = 60_000;
const RETRY_MINUTES = 60;

/** Updates of this process, one after the other: two would fetch into one folder. */
let running: Promise<unknown> = Promise.resolve();

/** Brings every feed that some host needs up to date. What goes wrong with one is in its state and touches no other. */
export const updateFeeds = (ctx: Context): Promise<number> => updateThose(ctx, () => true);

/** Those whose time has come: also one that software was first seen for just now. */
export const updateDueFeeds = (ctx: Context): Promise<number> =>
  updateThose(ctx, (name, row) => isDue(feeds[name].schedule, row, ctx.clock()));

/**
 * One after the other in the order of the registry, where those of single systems come first. Which is next is asked anew each time:
 * what a host turns out to need meanwhile does not wait for the large ones.
 * @returns how many were asked for
 */
async function updateThose(
  ctx: Context,
  isWanted: (name: FeedName, row: FeedRow | undefined) => boolean,
): Promise<number> {
  permit(ctx.actor, 'feeds:write');
  return inTurn(async () => {
    const asked = new Set<FeedName>();
    for (;;) {
      const [needed, rows] = await Promise.all([findNeededFeeds(ctx), readFeeds(ctx.db)]);
      const rowOf = (name: FeedName) => rows.find((row) => row.name === name);
      const next = feedNames.find((name) => !asked.has(name) && needed.has(name) && isWanted(name, rowOf(name)));
      if (next === undefined) return asked.size;
      asked.add(next);
      await renewFeed(ctx, next);
    }
  });
}

/** Runs an update after all that were asked for before it. */
export function inTurn<T>(update: () => Promise<T>): Promise<T> {
  const next = running.then(update);
  running = next.catch(() => undefined);
  return next;
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

import { parseArgs } from 'node:util';
import type { Feed, FeedTokens } from '@flotilla/feeds/feed';
import { type FeedName, feedNames, feeds, isFeedName } from '@flotilla/feeds/feeds';
import { feedSource } from '@flotilla/feeds/fetching/feed-source';
import { mirrorFeed } from '@flotilla/feeds/mirror-feed';
import { UsageError } from '../usage-error.ts';

/**
 * `flotilla feeds mirror`: fills a folder with the files of feeds, laid out as a server without internet reads them. Ends with code 1
 * when one could not be renewed; the folder then keeps what it had of it.
 */
export async function mirror(args: string[]): Promise<void> {
  const { to, from, names } = read(args);
  const source = feedSource(from);
  const { FLOTILLA_VULNCHECK_TOKEN: vulncheck } = process.env;
  const tokens: FeedTokens = vulncheck ? { vulncheck } : {};
  for (const name of names) {
    const { token }: Feed = feeds[name];
    // Whoever has no token for a feed did not mean it.
    if (token && source.kind === 'upstream' && !(token in tokens)) continue;
    const { outcome, state } = await mirrorFeed(name, { folder: to, source, tokens, now: new Date() });
    const trouble = state.failure ?? state.held;
    const isAbsent = state.failure?.isAbsent === true;
    const words = isAbsent ? 'not there' : trouble ? `${outcome}: ${trouble.reason}` : outcome;
    process.stdout.write(`${name}\t${state.delivery?.records ?? 0}\t${words.replace(/\s+/g, ' ')}\n`);
    if (trouble && !isAbsent) process.exitCode = 1;
  }
}

function read(args: string[]): { to: string; from: string | undefined; names: readonly FeedName[] } {
  const { values, positionals } = parse(args);
  if (!values.to) throw new UsageError('flotilla feeds mirror: say where to: --to FOLDER');
  const unknown = positionals.find((name) => !isFeedName(name));
  if (unknown !== undefined) throw new UsageError(`There is no feed ${unknown}; there are ${feedNames.join(', ')}`);
  return {
    to: values.to,
    from: values.from,
    names: positionals.length > 0 ? positionals.filter(isFeedName) : feedNames,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: { to: { type: 'string' }, from: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split(/\. |\n/)[0]);
  }
}

import { acceptFeed, listFeeds, updateFeeds } from '@flotilla/contract/feeds';
import { callServer } from '../call-server.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../parse-options.ts';
import { accessOf, serverOptions } from '../server-options.ts';
import { UsageError } from '../usage-error.ts';
import { feedsTable } from './feeds-table.ts';
import { mirror } from './mirror.ts';
import { snapshot } from './snapshot.ts';
import { verify } from './verify.ts';

const usage = `Usage: flotilla feeds status|update [option ...]
       flotilla feeds accept FEED [option ...]
       flotilla feeds mirror --to FOLDER [--from FOLDER|URL] [FEED ...]
       flotilla feeds verify FOLDER
       flotilla feeds snapshot --from FOLDER ... --to FOLDER [--as-of FEED=YYYY-MM-DD ...]

  status               How old the server's vulnerability data are and what is wrong with them
  update               Bring all feeds up to date now; ends when that is done, with code 1 when one could not be renewed
  accept               Use data of a feed that are held, after you have looked at them

  mirror               Fill a folder with the files of all feeds or some, from their upstreams or from another mirror, for
                       servers without internet: FLOTILLA_FEEDS_URL names it there. Feeds of VulnCheck are among them with its
                       token in FLOTILLA_VULNCHECK_TOKEN. A line each: feed, records, outcome
  verify               Read the feeds of such a folder to their end. A line each: feed, records, problems, what is wrong
  snapshot             Pack the facts of such folders, without prose, as Flotilla has them with it for a first start without
                       internet. A line each: feed, records, bytes, when its data were made, licence. --as-of tells when,
                       for a feed that does not say so itself

  --server-url URL     Address of the server; default: FLOTILLA_SERVER_URL, else http://localhost:8080
  --token TOKEN        Token of a signed-in person; default: FLOTILLA_TOKEN
  --ca FILE            Certificate authority of the server, when this system does not trust it
  --json               Print what the server answers, for scripts`;

const options = { ...serverOptions, json: { type: 'boolean' } } as const;

/** A first update reads hundreds of megabytes; the server answers once that is done. */
const actions = {
  status: { route: listFeeds, timeoutMs: 15_000 },
  update: { route: updateFeeds, timeoutMs: 3_600_000 },
  accept: { route: acceptFeed, timeoutMs: 3_600_000 },
};

/** `flotilla feeds`: the vulnerability data of a server. */
export const feeds: Command = {
  name: 'feeds',
  summary: 'Show, update, mirror, verify or pack vulnerability data',
  usage,
  run,
};

async function run([action = '', ...args]: string[]): Promise<void> {
  if (action === 'mirror') return mirror(args);
  if (action === 'verify') return verify(args);
  if (action === 'snapshot') return snapshot(args);
  if (action !== 'status' && action !== 'update' && action !== 'accept') {
    throw new UsageError('flotilla feeds: say what: status, update, accept, mirror, verify or snapshot');
  }
  const name = action === 'accept' && args[0]?.startsWith('-') === false ? args.shift() : undefined;
  if (action === 'accept' && name === undefined) throw new UsageError('flotilla feeds accept: say which feed');
  const given = parseOptions(args, options);
  const { route, timeoutMs } = actions[action];
  const path = route.path.replace(':name', encodeURIComponent(name ?? ''));
  const answer = await callServer({ ...route, path }, { ...accessOf('feeds', given), timeoutMs });
  const text = given.json ? JSON.stringify(answer.feeds) : feedsTable(answer.feeds, Date.now());
  process.stdout.write(`${text}\n`);
  const isWhole = answer.feeds.every(({ failure, held }) => !failure && !held);
  if (action === 'update' && !isWhole) process.exitCode = 1;
}

import { readFile } from 'node:fs/promises';
import { measureUsage, type Usage } from '../measure/usage.ts';
import type { Options } from '../options.ts';
import { type RunningServer, startServer } from '../server/running-server.ts';
import { createMirror, type Mirror } from '../simulator/advisories.ts';
import { concurrently } from '../simulator/concurrently.ts';
import { createFleet, type Fleet } from '../simulator/fleet.ts';
import { deliverInventory, enrol } from '../simulator/host.ts';
import { createWorld } from '../simulator/world.ts';
import { withClient } from './database.ts';
import { type Groups, growFleetOnce } from './large-fleet.ts';
import { waitUntil } from './wait-until.ts';

export interface Loaded {
  server: RunningServer;
  fleet: Fleet;
  mirror: Mirror;
  /** What it cost to enrol all hosts and take their first inventories. */
  storm: Usage;
  /** Where the fleet was filled up by copying. */
  groups: Groups | null;
  options: Options;
  print: (line: string) => void;
}

/** Hosts that are under way at the same time, many times more than the server works on. */
const AT_ONCE = 256;
/** Long enough that no host owes a second inventory while a benchmark runs. */
const INVENTORY_INTERVAL_SECONDS = 86_400;

/** Runs `work` on a server to which all hosts have enrolled and delivered their first inventories. */
export async function withLoadedServer<T>(
  options: Options,
  print: (line: string) => void,
  work: (loaded: Loaded) => Promise<T>,
): Promise<T> {
  const mirror = createMirror(createWorld(options.seed), options.seed);
  const { keep } = options;
  const server = await startServer({ inventoryIntervalSeconds: INVENTORY_INTERVAL_SECONDS, mirror, print, keep });
  const fleet = createFleet({ ...options, serverUrl: server.origin, secret: server.enrolSecret });
  try {
    await prepareAnswers(fleet, print);
    // Feeds are fetched for software that some host has: now there is one.
    await waitUntilJudged(server);
    await loadFeeds(server, fleet);
    print(`enrolling ${fleet.hosts.length} hosts`);
    const storm = await measureUsage(server, () => enrolAll(fleet, print));
    await waitForCounts(server, fleet);
    await waitUntilJudged(server);
    const { total } = options;
    const groups = total > options.hosts ? await growFleetOnce(server, fleet, { total, print }) : null;
    return await work({ server, fleet, mirror, storm, groups, options, print });
  } catch (error) {
    // The log goes with the server's folder.
    print((await readFile(server.logFile, 'utf8')).slice(-3000));
    throw error;
  } finally {
    for (const problem of fleet.problems().slice(0, 10)) print(`problem: ${problem}`);
    await fleet.close();
    await server.stop();
  }
}

async function loadFeeds({ token }: RunningServer, { around }: Fleet): Promise<void> {
  const { json } = await around.wire.send({ method: 'POST', path: '/api/v1/flotilla/feeds/update', token });
  const { feeds } = json as { feeds: { name: string; failure: { reason: string } | null }[] };
  for (const { name, failure } of feeds) if (failure) throw new Error(`feed ${name}: ${failure.reason}`);
}

/** The first host shows what will be asked; the answers of all are made before the clock runs. */
async function prepareAnswers({ hosts, around }: Fleet, print: (line: string) => void): Promise<void> {
  const [first] = hosts;
  if (!first) throw new Error('--hosts must be at least 1');
  await enrol(around, first);
  await deliverInventory(around, first);
  print(`preparing the answers of ${hosts.length} hosts`);
  for (const host of hosts) for (const sql of first.lastAsked.values()) around.osquery.answer(host.machine, sql);
}

async function enrolAll({ hosts, around }: Fleet, print: (line: string) => void): Promise<void> {
  let done = 0;
  await concurrently(hosts.slice(1), AT_ONCE, async (host) => {
    await enrol(around, host);
    await deliverInventory(around, host);
    done += 1;
    if (done % 500 === 0) print(`${done} hosts delivered`);
  });
}

/** Resolves when the lists know every host: counts follow a commit within a second or two. */
async function waitForCounts({ token }: RunningServer, { hosts, around }: Fleet): Promise<void> {
  await waitUntil('the lists count all hosts', async () => {
    const { json } = await around.wire.send({ method: 'GET', path: '/api/v1/fleet/os_versions', token });
    const versions = (json as { os_versions?: { hosts_count: number }[] } | null)?.os_versions ?? [];
    return versions.reduce((sum, each) => sum + each.hosts_count, 0) >= hosts.length;
  });
}

async function waitUntilJudged({ postmaster }: RunningServer): Promise<void> {
  await withClient(postmaster, (client) =>
    waitUntil('all software is judged and counted', async () => {
      const { rows } = await client.query<{ waiting: boolean }>(
        `select exists (select from vulnerabilities.software_to_judge) or exists (select from vulnerabilities.count_delta)
          or exists (select from inventory.count_delta) as waiting`,
      );
      return rows[0]?.waiting === false;
    }),
  );
}

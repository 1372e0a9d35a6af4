import { setTimeout as delay } from 'node:timers/promises';
import { measureUsage } from '../measure/usage.ts';
import { concurrently } from '../simulator/concurrently.ts';
import type { Host } from '../simulator/host.ts';
import { deliverInventory } from '../simulator/host.ts';
import { updateSome } from '../simulator/machine.ts';
import { randomFrom } from '../simulator/random.ts';
import type { Benchmark } from './benchmark.ts';
import { withClient } from './database.ts';
import { type Loaded, withLoadedServer } from './loaded-server.ts';
import { type Drift, recountServer } from './recount-server.ts';

const DEFAULT_SECONDS = 120;
const REPORTS_A_ROUND = 60;
const CRASH_EVERY_ROUNDS = 12;
/** Share of all hosts that one transfer takes, and one deletion. */
const MOVED_SHARE = 0.1;
const DELETED_SHARE = 0.002;

/**
 * Random reports, transfers and deletions, with the server killed again and again in the middle of them; then everything is counted
 * anew. `wrongCounts` must be 0.
 */
export const soak: Benchmark = (options, print) =>
  withLoadedServer(options, print, async (loaded) => {
    const { server, groups } = loaded;
    if (!groups) throw new Error('--total must be above --hosts: hosts are moved between the fleets of a large fleet');
    const done = { rounds: 0, reports: 0, moved: 0, deleted: 0, crashes: 0, refused: 0 };
    const until = Date.now() + (options.seconds || DEFAULT_SECONDS) * 1000;
    const random = randomFrom(`${options.seed} soak`);
    while (Date.now() < until) {
      const work = [report(loaded, random.pick, done), move(loaded, random.integer, done)];
      if (random.chance(0.3)) work.push(remove(loaded, random.integer, done));
      done.rounds += 1;
      if (done.rounds % CRASH_EVERY_ROUNDS === 0) {
        await delay(random.integer(1500));
        await server.crash();
        done.crashes += 1;
        print(`crash ${done.crashes} after ${done.rounds} rounds`);
      }
      await Promise.all(work);
    }
    print('counting all hosts');
    const drift: Drift = { counts: 0, totals: 0 };
    // What counting costs: of the rest, the server that did it was killed.
    const usage = await measureUsage(server, async () => Object.assign(drift, await recountServer(server)));
    return { ...usage, ...done, wrongCounts: drift.counts, wrongTotals: drift.totals };
  });

type Done = Record<'rounds' | 'reports' | 'moved' | 'deleted' | 'crashes' | 'refused', number>;

/** Some hosts have updated packages and are asked for them. */
async function report({ fleet, server }: Loaded, pick: (of: Host[]) => Host, done: Done): Promise<void> {
  const hosts = new Set(Array.from({ length: REPORTS_A_ROUND }, () => pick(fleet.hosts)));
  await concurrently([...hosts], 16, async (host) => {
    updateSome(host.machine, 0.05);
    try {
      await askAnew(server, host.machine.uuid);
      await deliverInventory(fleet.around, host);
      done.reports += 1;
    } catch {
      // The server is away: osquery would try again, and so does a later round.
      done.refused += 1;
    }
  });
}

const askAnew = ({ postmaster }: Loaded['server'], identifier: string) =>
  withClient(postmaster, (client) =>
    client.query('update hosts.host set refetch_requested_at = now() where uuid = $1', [identifier]),
  );

async function move(loaded: Loaded, integer: (below: number) => number, done: Done): Promise<void> {
  const fleets = [null, ...(loaded.groups?.fleetIds ?? [])];
  const fleet_id = fleets[integer(fleets.length)] ?? null;
  const hosts = await someHosts(loaded, MOVED_SHARE, integer);
  if (await change(loaded, 'hosts/transfer', { fleet_id, hosts })) done.moved += hosts.length;
  else done.refused += 1;
}

async function remove(loaded: Loaded, integer: (below: number) => number, done: Done): Promise<void> {
  const ids = await someHosts(loaded, DELETED_SHARE, integer);
  if (await change(loaded, 'hosts/delete', { ids })) done.deleted += ids.length;
  else done.refused += 1;
}

/** Hosts that follow each other by id, from a random one on. */
const someHosts = ({ server }: Loaded, share: number, integer: (below: number) => number): Promise<number[]> =>
  withClient(server.postmaster, async (client) => {
    const { rows } = await client.query<{ id: number }>(
      'select id from hosts.host where deleted_at is null order by id',
    );
    const size = Math.max(1, Math.round(rows.length * share));
    const first = integer(Math.max(1, rows.length - size));
    return rows.slice(first, first + size).map((row) => row.id);
  }).catch(() => []);

/** @returns whether the server answered that it is done; a server that was killed says nothing */
async function change({ fleet, server }: Loaded, path: string, body: object): Promise<boolean> {
  try {
    const { status } = await fleet.around.wire.send({
      method: 'POST',
      path: `/api/v1/fleet/${path}`,
      token: server.token,
      body: JSON.stringify(body),
    });
    return status === 200;
  } catch {
    return false;
  }
}

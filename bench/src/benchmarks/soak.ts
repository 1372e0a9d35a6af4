import { setTimeout as delay } from 'node:timers/promises';
import { measureUsage } from '../measure/usage.ts';
import type { Host } from '../simulator/host.ts';
import { deliverInventory } from '../simulator/host.ts';
import { updateSome } from '../simulator/machine.ts';
import { randomFrom } from '../simulator/random.ts';
import type { Benchmark } from './benchmark.ts';
import { withClient } from './database.ts';
import { type Loaded, withLoadedServer } from './loaded-server.ts';
import { type Drift, recountServer } from './recount-server.ts';

const DEFAULT_SECONDS = 120;
const REPORTS_AT_ONCE = 16;
/** Share of all hosts that one transfer takes, and one deletion. */
const MOVED_SHARE = 0.1;
const DELETED_SHARE = 0.002;
/** Seconds between what happens now and then, at least and at most. */
const MOVE_AFTER = [5, 30] as const;
const DELETE_AFTER = [30, 90] as const;
const CRASH_AFTER = [60, 150] as const;

/**
 * Random reports, transfers and deletions at the same time, with the server killed again and again in the middle of them; then everything
 * is counted anew. `wrongCounts` must be 0.
 */
export const soak: Benchmark = (options, print) =>
  withLoadedServer(options, print, async (loaded) => {
    const { server, groups } = loaded;
    if (!groups) throw new Error('--total must be above --hosts: hosts are moved between the fleets of a large fleet');
    const done: Done = { reports: 0, transfers: 0, moved: 0, deleted: 0, crashes: 0, refused: 0 };
    const until = Date.now() + (options.seconds || DEFAULT_SECONDS) * 1000;
    const { pick, integer } = randomFrom(`${options.seed} soak`);
    const again = async (after: readonly [number, number], work: () => Promise<void>) => {
      for (;;) {
        const wait = (after[0] + integer(after[1] - after[0])) * 1000;
        if (Date.now() + wait >= until) return;
        await delay(wait);
        await work();
      }
    };
    await Promise.all([
      reportOn(loaded, { until, pick, done }),
      again(MOVE_AFTER, () => move(loaded, integer, done)),
      again(DELETE_AFTER, () => remove(loaded, integer, done)),
      again(CRASH_AFTER, async () => {
        await server.crash();
        done.crashes += 1;
        print(`${JSON.stringify(done)}`);
      }),
    ]);
    print('counting all hosts');
    const drift: Drift = { counts: 0, totals: 0 };
    // What counting costs: of the rest, the server that did it was killed.
    const usage = await measureUsage(server, async () => Object.assign(drift, await recountServer(server)));
    return { ...usage, ...done, wrongCounts: drift.counts, wrongTotals: drift.totals };
  });

type Done = Record<'reports' | 'transfers' | 'moved' | 'deleted' | 'crashes' | 'refused', number>;

/** Hosts have updated packages, and are asked for them: as many at once as the server answers. */
async function reportOn(
  { fleet, server }: Loaded,
  { until, pick, done }: { until: number; pick: (of: Host[]) => Host; done: Done },
): Promise<void> {
  const busy = new Set<Host>();
  const one = async () => {
    while (Date.now() < until) {
      const host = pick(fleet.hosts);
      if (busy.has(host)) continue;
      busy.add(host);
      updateSome(host.machine, 0.05);
      try {
        await askAnew(server, host.machine.uuid);
        await deliverInventory(fleet.around, host);
        done.reports += 1;
      } catch {
        // The server is away: osquery would try again, and so does this.
        done.refused += 1;
        await delay(500);
      }
      busy.delete(host);
    }
  };
  await Promise.all(Array.from({ length: REPORTS_AT_ONCE }, one));
}

const askAnew = ({ postmaster }: Loaded['server'], identifier: string) =>
  withClient(postmaster, (client) =>
    client.query('update hosts.host set refetch_requested_at = now() where uuid = $1', [identifier]),
  );

async function move(loaded: Loaded, integer: (below: number) => number, done: Done): Promise<void> {
  const fleets = [null, ...(loaded.groups?.fleetIds ?? [])];
  const fleet_id = fleets[integer(fleets.length)] ?? null;
  const hosts = await someHosts(loaded, MOVED_SHARE, integer);
  if (await change(loaded, 'hosts/transfer', { fleet_id, hosts })) {
    done.transfers += 1;
    done.moved += hosts.length;
  } else done.refused += 1;
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

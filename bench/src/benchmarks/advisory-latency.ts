import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { percentile, round } from '../measure/percentile.ts';
import { measureUsage } from '../measure/usage.ts';
import type { Benchmark } from './benchmark.ts';
import { withClient } from './database.ts';
import { type Loaded, withLoadedServer } from './loaded-server.ts';

const ROUNDS = 20;
const GIVE_UP_SECONDS = 120;
const FILE = 'debian/tracker.json';

type Tracker = Record<string, Record<string, object>>;

/**
 * The feed of a distribution tells of one vulnerability more: how long after it was fetched until the API counts every host that
 * has the package. The packages are the ones that most hosts have.
 */
export const advisoryLatency: Benchmark = (options, print) =>
  withLoadedServer(options, print, async (loaded) => {
    const tracker = JSON.parse(loaded.mirror[FILE] ?? '{}') as Tracker;
    const popular = await findPopular(loaded);
    const latencies: number[] = [];
    const usage = await measureUsage(loaded.server, async () => {
      for (const [place, { source, hosts }] of popular.entries()) {
        const milliseconds = await measureOne(loaded, { tracker, source, hosts, cve: `CVE-2099-${20_000 + place}` });
        print(`${source}: ${hosts} hosts after ${Math.round(milliseconds)} ms`);
        latencies.push(milliseconds);
      }
    });
    return {
      ...usage,
      advisories: latencies.length,
      mostHosts: Math.max(...popular.map(({ hosts }) => hosts)),
      p50Milliseconds: round(percentile(latencies, 0.5), 0),
      p95Milliseconds: round(percentile(latencies, 0.95), 0),
      worstMilliseconds: round(Math.max(...latencies), 0),
    };
  });

/** Sources of packages of the simulated Debian, with how many hosts have any of their packages. */
const findPopular = ({ server }: Loaded): Promise<{ source: string; hosts: number }[]> =>
  withClient(server.postmaster, async (client) => {
    const { rows } = await client.query<{ source: string; hosts: number }>(
      `select coalesce(nullif(software.source_package, ''), version.name) as source, count(distinct have.host_id)::int as hosts
      from inventory.software as software join inventory.version as version on version.id = software.version_id
      join hosts.context as context on context.id = software.context_id
      join inventory.host_software as have on have.software_id = software.id
      where context.key = 'debian-12' and software.kind = 'normal' and version.source = 'deb_packages'
      group by 1 order by 2 desc, 1 limit ${ROUNDS}`,
    );
    if (rows.length === 0) throw new Error('no host runs Debian 12: take more hosts');
    return rows;
  });

interface Told {
  tracker: Tracker;
  source: string;
  hosts: number;
  cve: string;
}

/** From the moment the server is asked to fetch what the mirror has. */
async function measureOne({ server, fleet }: Loaded, { tracker, source, hosts, cve }: Told): Promise<number> {
  const release = { status: 'open', repositories: {}, urgency: 'not yet assigned' };
  tracker[source] = { ...tracker[source], [cve]: { scope: 'remote', releases: { bookworm: release } } };
  await writeFile(join(server.folder, 'mirror', FILE), JSON.stringify(tracker));
  const { wire } = fleet.around;
  const began = performance.now();
  const update = wire.send({ method: 'POST', path: '/api/v1/flotilla/feeds/update', token: server.token });
  const counted = async () => {
    const { json } = await wire.send({
      method: 'GET',
      path: `/api/v1/fleet/vulnerabilities/${cve}`,
      token: server.token,
    });
    return (json as { vulnerability?: { hosts_count?: number } } | null)?.vulnerability?.hosts_count ?? 0;
  };
  while ((await counted()) !== hosts) {
    if (performance.now() - began > GIVE_UP_SECONDS * 1000) {
      throw new Error(`${cve} counts ${await counted()} hosts instead of ${hosts} after ${GIVE_UP_SECONDS} seconds`);
    }
    await delay(20);
  }
  const milliseconds = performance.now() - began;
  await update;
  return milliseconds;
}

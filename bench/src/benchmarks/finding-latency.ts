import { setTimeout as delay } from 'node:timers/promises';
import { percentile, round } from '../measure/percentile.ts';
import { measureUsage } from '../measure/usage.ts';
import { unfixedSources } from '../simulator/advisories.ts';
import { type Host, writeAnswers } from '../simulator/host.ts';
import type { Installed } from '../simulator/machine.ts';
import type { Row } from '../simulator/tables.ts';
import type { Benchmark } from './benchmark.ts';
import { type Loaded, withLoadedServer } from './loaded-server.ts';

const HOSTS = 40;
const GIVE_UP_SECONDS = 60;
/** Levels that no host has reached: a package there was never seen before. */
const UNSEEN_LEVEL = 1000;

/**
 * A host reports a package that nobody ever had and that has a known vulnerability: how long after the answer to its report
 * the finding can be read, and how long until the new version is counted. Meanwhile the other hosts report unchanged
 * inventories.
 */
export const findingLatency: Benchmark = (options, print) =>
  withLoadedServer(options, print, async (loaded) => {
    const targets = chooseTargets(loaded);
    const found: number[] = [];
    const counted: number[] = [];
    const stop = new AbortController();
    const usage = await measureUsage(loaded.server, async () => {
      const others = reportMeanwhile(loaded, targets, stop.signal);
      for (const [place, target] of targets.entries()) {
        const times = await measureOne(loaded, target, UNSEEN_LEVEL + place);
        found.push(times.found);
        counted.push(times.counted);
      }
      stop.abort();
      await others;
    });
    const figures = (values: number[]) => ({
      p50Milliseconds: round(percentile(values, 0.5), 0),
      p95Milliseconds: round(percentile(values, 0.95), 0),
      worstMilliseconds: round(Math.max(...values), 0),
    });
    return { ...usage, packages: targets.length, finding: figures(found), count: figures(counted) };
  });

interface Target {
  host: Host;
  installed: Installed;
}

/** Debian hosts with a package that has a vulnerability no version fixes. */
function chooseTargets({ fleet, mirror }: Loaded): Target[] {
  const sources = unfixedSources(mirror);
  const targets = fleet.hosts.flatMap((host) => {
    if (host.machine.distribution.os.codename !== 'bookworm') return [];
    const installed = host.machine.system.find((each) => sources.has(each.package.source));
    return installed ? [{ host, installed }] : [];
  });
  if (targets.length === 0) throw new Error('no host has a package to find something in: take more hosts');
  return targets.slice(0, HOSTS);
}

async function measureOne({ server, fleet: { around } }: Loaded, { host, installed }: Target, level: number) {
  const { machine } = host;
  installed.level = level;
  machine.version += 1;
  const get = async <T>(path: string) =>
    (await around.wire.send({ method: 'GET', path, token: server.token })).json as T;
  const { hosts } = await get<{ hosts: { id: number }[] }>(`/api/v1/fleet/hosts?query=${machine.hostname}`);
  const [row] = JSON.parse(
    around.osquery.answer(machine, `SELECT name, version FROM deb_packages WHERE name = '${installed.package.name}'`)
      .rows,
  ) as Row[];
  await writeAnswers(around, host, host.lastAsked);
  const began = performance.now();
  const path = `/api/v1/flotilla/hosts/${hosts[0]?.id}/findings?query=${encodeURIComponent(row?.name ?? '')}&per_page=1000`;
  let versionId: number | undefined;
  await until(async () => {
    const { findings } = await get<{ findings: { version: string; version_id: number }[] }>(path);
    versionId = findings.find((finding) => finding.version === row?.version)?.version_id;
    return versionId !== undefined;
  });
  const found = performance.now() - began;
  await until(async () => {
    const { software } = await get<{ software?: { hosts_count: number } }>(
      `/api/v1/fleet/software/versions/${versionId}`,
    );
    return software?.hosts_count === 1;
  });
  return { found, counted: performance.now() - began };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + GIVE_UP_SECONDS * 1000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`nothing was to be seen after ${GIVE_UP_SECONDS} seconds`);
    await delay(5);
  }
}

/** Some hosts at a time, round after round. */
async function reportMeanwhile({ fleet }: Loaded, targets: Target[], signal: AbortSignal): Promise<void> {
  const busy = new Set(targets.map((target) => target.host));
  const others = fleet.hosts.filter((host) => !busy.has(host));
  let next = 0;
  const reporter = async () => {
    while (!signal.aborted && others.length > 0) {
      const host = others[next % others.length];
      next += 1;
      if (host) await writeAnswers(fleet.around, host, host.lastAsked);
    }
  };
  await Promise.all(Array.from({ length: 8 }, reporter));
}

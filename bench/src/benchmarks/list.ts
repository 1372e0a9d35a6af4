import { hostOrderKeys } from '../../../contract/src/hosts.ts';
import { titleOrderKeys, versionOrderKeys } from '../../../contract/src/software.ts';
import { percentile, round } from '../measure/percentile.ts';
import { measureUsage } from '../measure/usage.ts';
import type { Benchmark } from './benchmark.ts';
import { type Loaded, withLoadedServer } from './loaded-server.ts';

const TIMES = 25;
const LIMIT_MILLISECONDS = 100;

interface Case {
  name: string;
  path: string;
}

interface Measured extends Case {
  p50: number;
  p95: number;
  bytes: number;
}

/** Every list, by every order, its first and a deep page, and with a search. One reader at a time. */
export const list: Benchmark = (options, print) =>
  withLoadedServer(options, print, async (loaded) => {
    const cases = await listCases(loaded);
    const measured: Measured[] = [];
    const usage = await measureUsage(loaded.server, async () => {
      for (const each of cases) measured.push(await measureCase(loaded, each));
    });
    for (const { name, p50, p95 } of measured) {
      print(`${p50.toFixed(1).padStart(7)} ${p95.toFixed(1).padStart(7)} ms  ${name}`);
    }
    const trivial = await measureCase(loaded, { name: 'healthz', path: '/healthz' });
    const all = measured.map((each) => each.p95);
    const slowest = measured.toSorted((a, b) => b.p95 - a.p95);
    return {
      ...usage,
      lists: measured.length,
      p50Milliseconds: round(
        percentile(
          measured.map((each) => each.p50),
          0.5,
        ),
      ),
      worstP95Milliseconds: round(Math.max(...all)),
      overLimit: slowest.filter((each) => each.p95 > LIMIT_MILLISECONDS).map((each) => each.name),
      slowest: slowest.slice(0, 5).map(({ name, p95 }) => ({ name, p95: round(p95) })),
      emptyAnswerP50Milliseconds: round(trivial.p50),
      ratio: {
        medianToEmptyAnswer: round(
          percentile(
            measured.map((each) => each.p50),
            0.5,
          ) / trivial.p50,
          1,
        ),
      },
    };
  });

async function measureCase({ server, fleet }: Loaded, { name, path }: Case): Promise<Measured> {
  const milliseconds: number[] = [];
  let size = 0;
  for (let time = 0; time < TIMES; time += 1) {
    const began = performance.now();
    const { status, json, bytes } = await fleet.around.wire.send({ method: 'GET', path, token: server.token });
    milliseconds.push(performance.now() - began);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(json)}`);
    size = bytes;
  }
  return { name, path, p50: percentile(milliseconds, 0.5), p95: percentile(milliseconds, 0.95), bytes: size };
}

async function listCases(loaded: Loaded): Promise<Case[]> {
  const [title, version, os, host] = await Promise.all([
    firstId(loaded, 'software/titles', 'software_titles'),
    firstId(loaded, 'software/versions', 'software'),
    firstId(loaded, 'os_versions', 'os_versions'),
    firstId(loaded, 'hosts', 'hosts'),
  ]);
  const deep = Math.max(1, Math.floor(loaded.fleet.hosts.length / 20 / 2));
  return [
    ...everyOrder('hosts', hostOrderKeys, { per_page: '20', deep: String(deep) }),
    ...everyOrder('software/titles', titleOrderKeys, { per_page: '20', deep: '100' }),
    ...everyOrder('software/versions', versionOrderKeys, { per_page: '20', deep: '500' }),
    ...everyOrder('os_versions', ['hosts_count'], { per_page: '20', deep: '1' }),
    ...[
      'hosts?query=db-00',
      'hosts?query=web&order_key=hostname',
      'hosts?query=10.0.1',
      'hosts?status=online',
      'hosts?per_page=100',
    ],
    ...['hosts?platform=ubuntu', 'hosts?platform=ubuntu&order_key=seen_time&order_direction=desc'],
    ...[`hosts?software_title_id=${title}`, `hosts?software_version_id=${version}`, `hosts?os_version_id=${os}`],
    ...[`hosts?software_title_id=${title}&order_key=hostname&page=${deep}&per_page=20`],
    ...['hosts/count', 'hosts/count?query=db', `hosts/count?software_title_id=${title}`, 'hosts/count?status=online'],
    ...['software/titles?query=ssl', 'software/titles?query=py&order_key=name', 'software/titles?source=npm_packages'],
    ...[
      'software/versions?query=ssl',
      'software/versions?query=1.2&order_key=name',
      'software/versions?source=rpm_packages',
    ],
    ...['software/titles?fleet_id=0', 'software/versions?fleet_id=0&order_key=name', 'hosts?fleet_id=0'],
    ...['software/titles?per_page=500', 'software/versions?per_page=500'],
    ...[`software/titles/${title}`, `software/versions/${version}`],
    ...[`hosts/${host}`, `hosts/${host}/software`, `hosts/${host}/software?query=lib&order_key=name`],
  ]
    .map((path): Case => ({ name: path, path: `/api/v1/fleet/${path}` }))
    .concat(
      [
        `hosts/${host}/timeline`,
        `hosts/${host}/inventory`,
        `hosts/${host}/software-at?at=${new Date().toISOString()}`,
      ].map((path) => ({ name: path.replace(/at=.*/, 'at=now'), path: `/api/v1/flotilla/${path}` })),
    );
}

function everyOrder(
  path: string,
  keys: readonly string[],
  { per_page, deep }: { per_page: string; deep: string },
): string[] {
  return keys.flatMap((key) =>
    ['asc', 'desc'].flatMap((order) =>
      ['0', deep].map(
        (page) =>
          `${path}?${new URLSearchParams({ order_key: key, order_direction: order, page, per_page }).toString()}`,
      ),
    ),
  );
}

async function firstId({ server, fleet }: Loaded, path: string, name: string): Promise<number> {
  const { json } = await fleet.around.wire.send({
    method: 'GET',
    path: `/api/v1/fleet/${path}?per_page=1`,
    token: server.token,
  });
  const [first] = (json as Record<string, { id?: number; os_version_id?: number }[]>)[name] ?? [];
  const id = first?.id ?? first?.os_version_id;
  if (id === undefined) throw new Error(`${path} has nothing to show`);
  return id;
}

import { actionOrderKeys } from '../../../contract/src/actions.ts';
import { hostOrderKeys } from '../../../contract/src/hosts.ts';
import { titleOrderKeys, versionOrderKeys } from '../../../contract/src/software.ts';
import { vulnerabilityOrderKeys } from '../../../contract/src/vulnerabilities.ts';
import type { Loaded } from './loaded-server.ts';

export interface ListCase {
  name: string;
  path: string;
  /** Of the reader; absent: the administrator. */
  token?: string;
}

/** The same lists as read for one fleet, and by somebody who sees half of the fleets, where there are fleets. */
export function readersOf({ groups }: Loaded, cases: ListCase[]): ListCase[] {
  if (!groups) return cases;
  const isOfFleets = ({ path }: ListCase) => !path.includes('fleet_id=');
  const [fleetId] = groups.fleetIds;
  const ofOne = cases
    .filter(
      (each) =>
        isOfFleets(each) &&
        /\/(hosts|titles|versions|os_versions|vulnerabilities|actions)(\/count)?(\?|$)/.test(each.path),
    )
    .map(({ name, path }) => ({
      name: `${name} of one fleet`,
      path: `${path}${path.includes('?') ? '&' : '?'}fleet_id=${fleetId}`,
    }));
  const ofHalf = cases.filter(isOfFleets).filter(({ path }) => !/\/hosts\/\d+/.test(path));
  return [
    ...cases,
    ...ofOne,
    ...ofHalf.map(({ name, path }) => ({ name: `${name} by a reader of half`, path, token: groups.halfToken })),
  ];
}

/** Every list by every order, first and deep, with searches and filters; and what a page about one thing asks. */
export async function listCases(loaded: Loaded): Promise<ListCase[]> {
  const [title, version, os, host, cve] = await Promise.all([
    first(loaded, 'software/titles', 'id'),
    first(loaded, 'software/versions', 'id'),
    first(loaded, 'os_versions', 'os_version_id'),
    first(loaded, 'hosts', 'id'),
    first(loaded, 'vulnerabilities', 'cve'),
  ]);
  const halfWay = Math.max(1, Math.floor(loaded.fleet.hosts.length / 40));
  const contract = [
    ...everyOrder('hosts', hostOrderKeys, halfWay),
    ...everyOrder('software/titles', titleOrderKeys, 100),
    ...everyOrder('software/versions', versionOrderKeys, 500),
    ...everyOrder('vulnerabilities', vulnerabilityOrderKeys, 50),
    ...everyOrder('os_versions', ['hosts_count'], 1),
    ...hostFilters({ title, version, os, halfWay }),
    ...softwareFilters,
    `software/titles/${title}`,
    `software/versions/${version}`,
    `vulnerabilities/${cve}`,
    `hosts/${host}`,
    `hosts/${host}/software`,
    `hosts/${host}/software?query=lib&order_key=name`,
  ];
  const own = [
    ...everyOrder('actions', actionOrderKeys, 5),
    'actions?exploited=true',
    'actions?query=lib&has_package=false',
    `hosts/${host}/timeline`,
    `hosts/${host}/inventory`,
    `hosts/${host}/findings`,
    `hosts/${host}/software-at?at=${new Date().toISOString()}`,
    `vulnerabilities/${cve}/findings`,
  ];
  return [
    ...contract.map((path) => ({ name: path, path: `/api/v1/fleet/${path}` })),
    ...own.map((path) => ({ name: path.replace(/at=.*/, 'at=now'), path: `/api/v1/flotilla/${path}` })),
  ];
}

/** The first page and one further in, in both directions. */
function everyOrder(path: string, keys: readonly string[], deep: number): string[] {
  return keys.flatMap((order_key) =>
    ['asc', 'desc'].flatMap((order_direction) =>
      ['0', String(deep)].map(
        (page) => `${path}?${new URLSearchParams({ order_key, order_direction, page, per_page: '20' })}`,
      ),
    ),
  );
}

interface Things {
  title: string;
  version: string;
  os: string;
  halfWay: number;
}

const hostFilters = ({ title, version, os, halfWay }: Things): string[] => [
  'hosts?query=db-00',
  'hosts?query=web&order_key=hostname',
  'hosts?query=10.0.1',
  'hosts?status=online',
  'hosts?per_page=100',
  'hosts?fleet_id=0',
  'hosts?platform=ubuntu',
  'hosts?platform=ubuntu&order_key=seen_time&order_direction=desc',
  `hosts?software_title_id=${title}`,
  `hosts?software_title_id=${title}&order_key=hostname&page=${halfWay}&per_page=20`,
  `hosts?software_version_id=${version}`,
  `hosts?os_version_id=${os}`,
  'hosts/count',
  'hosts/count?query=db',
  'hosts/count?status=online',
  `hosts/count?software_title_id=${title}`,
];

const softwareFilters = [
  'software/titles?query=ssl',
  'software/titles?query=py&order_key=name',
  'software/titles?source=npm_packages',
  'software/titles?fleet_id=0',
  'software/titles?per_page=500',
  'software/versions?query=ssl',
  'software/versions?query=1.2&order_key=name',
  'software/versions?source=rpm_packages',
  'software/versions?fleet_id=0&order_key=name',
  'software/versions?per_page=500',
  'vulnerabilities?query=CVE-2099-1',
  'vulnerabilities?exploit=true',
  'vulnerabilities?fleet_id=0',
];

/** The id of the first thing of a list, which has the most hosts. */
async function first({ server, fleet }: Loaded, path: string, id: string): Promise<string> {
  const url = `/api/v1/fleet/${path}?per_page=1`;
  const { json } = await fleet.around.wire.send({ method: 'GET', path: url, token: server.token });
  const list = Object.values(json as object).find(Array.isArray) as Record<string, unknown>[] | undefined;
  const found = list?.[0]?.[id];
  if (found === undefined) throw new Error(`${path} has nothing to show`);
  return String(found);
}

import type { Action, ActionVulnerability } from '@flotilla/contract/actions';
import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { expect, test } from 'vitest';
import { foldCounts } from '../../inventory/index.ts';
import { addFleet, callAs } from '../../testing/people.ts';
import { deb, enrolHost } from '../../testing/test-host.ts';
import { addPackage } from '../../testing/test-package.ts';
import { createTestServer, read } from '../../testing/test-server.ts';
import { judgeWanted, refreshActions, storeFeed } from '../../vulnerabilities/index.ts';

const FEED = 'debian-security-tracker';

const advisory = (cve: string, source: string, fixed: string | null): Advisory => ({
  ...{ feed: FEED, id: cve, vulnerabilities: [cve], aliases: [] },
  affected: [
    {
      ...{ key: `deb:debian-12:${source}`, scheme: 'dpkg', statement: 'ranges' },
      ranges: [fixed === null ? {} : { fixed }],
    },
  ],
});
const tells = (feed: string, cve: string, more: Partial<Advisory>): Advisory => ({
  ...{ feed, id: cve, vulnerabilities: [cve], aliases: [], affected: [] },
  ...more,
});

const built = (name: string, source: string, version: string) => ({ ...deb(name, version), source_package: source });
const openssl = (version: string) => [built('openssl', 'openssl', version), built('libssl3', 'openssl', version)];

async function createScene() {
  const server = await createTestServer();
  const token = await server.setUp();
  return {
    server,
    token,
    async store(feed: string, advisories: Advisory[]) {
      await storeFeed(
        server.system,
        feed,
        (async function* () {
          for (const one of advisories) yield { advisory: one };
        })(),
      );
    },
    async settle() {
      await judgeWanted(server.system);
      await foldCounts(server.system);
      await refreshActions(server.system);
    },
    actions: async (query = '') =>
      (await read<{ actions: Action[] }>(server, token, `/api/v1/flotilla/actions?${query}`)).actions,
    get: <T>(path: string) => read<T>(server, token, path),
  };
}

const HIGH = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';

/** Two hosts with openssl, of which one is nearly up to date, and one more with a program that nobody has mended. */
async function createFleet() {
  const scene = await createScene();
  const hosts = [];
  for (const [name, rows] of [
    ['old', openssl('3.0.9-1')],
    ['newer', openssl('3.0.11-1')],
    ['other', [deb('abandoned', '1.0-1'), deb('curl', '7.88.1-1')]],
  ] as const) {
    const host = await enrolHost(scene.server, name);
    await host.report({ deb_packages: [...rows] });
    hosts.push(host);
  }
  await scene.store(FEED, [
    advisory('CVE-2024-0001', 'openssl', '3.0.10-1'),
    advisory('CVE-2024-0002', 'openssl', '3.0.13-1'),
    advisory('CVE-2024-0003', 'openssl', null),
    advisory('CVE-2024-0004', 'curl', '7.88.1-10'),
    advisory('CVE-2024-0005', 'abandoned', null),
  ]);
  await scene.store('nvd', [tells('nvd', 'CVE-2024-0002', { severity: { cvss3: HIGH } })]);
  await scene.store('cisa-kev', [
    tells('cisa-kev', 'CVE-2024-0002', {
      exploitation: { since: '2024-02-01', due: '2024-02-22', inRansomware: false },
    }),
  ]);
  await scene.settle();
  return { ...scene, hosts };
}

test('packages of one source are one action, by the version that takes most risk away, and no host counts twice', async () => {
  const { actions } = await createFleet();
  const all = await actions();
  expect(all.map(({ name, fix_version }) => [name, fix_version])).toEqual([
    ['openssl', '3.0.13-1'],
    ['curl', '7.88.1-10'],
    ['abandoned', null],
  ]);
  expect(all[0]).toMatchObject({
    ...{ kind: 'package', context: 'debian-12', is_exact: true, hosts_count: 2, findings_count: 3, unfixed_count: 2 },
    ...{ vulnerabilities_count: 2, exploited_count: 1, severity: 'critical', due_at: '2026-03-15T12:00:00.000Z' },
    // Both have the exploited one, 98 each; the old one has a second, of which nothing is known.
    ...{ exposure: 196.6, packages: [], rollout_id: null },
  });
  expect(all[2]).toMatchObject({ hosts_count: 1, findings_count: 1, unfixed_count: 0 });
});

test('what stands behind the figures adds up to them', async () => {
  const { actions, get } = await createFleet();
  const [first] = await actions();
  const path = `/api/v1/flotilla/actions/${first?.id}`;
  expect((await get<{ action: Action }>(path)).action).toEqual(first);
  const { vulnerabilities } = await get<{ vulnerabilities: ActionVulnerability[] }>(`${path}/vulnerabilities`);
  expect(vulnerabilities.map(({ cve, hosts_count, unfixed_count }) => [cve, hosts_count, unfixed_count])).toEqual([
    ['CVE-2024-0002', 2, 0],
    ['CVE-2024-0001', 1, 0],
    ['CVE-2024-0003', 0, 2],
  ]);
  expect(vulnerabilities.reduce((sum, one) => sum + one.hosts_count, 0)).toBe(first?.findings_count);
  const listed = await get<{ hosts: unknown[] }>(`/api/v1/fleet/hosts?action_id=${first?.id}`);
  expect(listed.hosts).toHaveLength(first?.hosts_count ?? 0);
});

test('actions are filtered, sorted and of a fleet', async () => {
  const { actions, server, token } = await createFleet();
  const names = async (query: string) => (await actions(query)).map(({ name }) => name);
  expect(await names('exploited=true')).toEqual(['openssl']);
  expect(await names('severity=high')).toEqual(['openssl']);
  expect(await names('has_fix=false')).toEqual(['abandoned']);
  expect(await names('query=CUR')).toEqual(['curl']);
  expect(await names('order_key=hosts&order_direction=asc')).toEqual(['curl', 'openssl', 'abandoned']);
  expect(await names('order_key=due')).toEqual(['openssl', 'curl', 'abandoned']);
  expect(await names('per_page=1&page=1')).toEqual(['curl']);
  const call = callAs(server, token);
  const fleetId = await addFleet(call, 'Design');
  await call('POST', '/hosts/transfer', { hosts: [1], fleet_id: fleetId });
  await foldCounts(server.system);
  expect(await actions(`fleet_id=${fleetId}`)).toMatchObject([{ name: 'openssl', hosts_count: 1, findings_count: 2 }]);
});

test('a package of the library makes an action ready when it is the version or newer', async () => {
  const { actions, server, token } = await createFleet();
  await addPackage(server, token, { name: 'curl', version: '7.88.1-9' });
  expect(await actions('has_package=true')).toEqual([]);
  await addPackage(server, token, { name: 'curl', version: '7.88.1-11' });
  expect(await actions('has_package=true')).toMatchObject([
    { name: 'curl', packages: [{ title: 'curl', version: '7.88.1-11' }] },
  ]);
  expect((await actions('has_package=false')).map(({ name }) => name)).toEqual(['openssl', 'abandoned']);
});

test('an action follows updates on hosts and what feeds say, and one that nothing needs is not found', async () => {
  const { actions, hosts, server, token, settle, store } = await createFleet();
  const [first] = await actions();
  server.clock.forward(3700);
  await hosts[0]?.report({ deb_packages: openssl('3.0.13-1') });
  await settle();
  expect(await actions('query=openssl')).toMatchObject([{ hosts_count: 1, findings_count: 1, unfixed_count: 2 }]);
  await store(FEED, [advisory('CVE-2024-0002', 'openssl', '3.0.14-1'), advisory('CVE-2024-0004', 'curl', '7.88.1-10')]);
  await settle();
  expect(await actions('query=openssl')).toMatchObject([
    { id: first?.id, fix_version: '3.0.14-1', hosts_count: 2, findings_count: 2, unfixed_count: 0 },
  ]);
  await store(FEED, [advisory('CVE-2024-0004', 'curl', '7.88.1-10')]);
  await settle();
  expect((await actions()).map(({ name }) => name)).toEqual(['curl']);
  const url = `/api/v1/flotilla/actions/${first?.id}`;
  expect((await server.app.inject({ url, headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(404);
});

test('what is excepted counts in no action, on one host or everywhere, and comes back with its end', async () => {
  const { actions, get, server, settle, token } = await createFleet();
  const call = callAs(server, token);
  const except = async (about: object) => {
    const { status, body } = await call('POST', '/api/v1/flotilla/exceptions', {
      status: 'accepted',
      reason: 'x',
      ...about,
    });
    expect(status).toBe(200);
    await settle();
    return body.exception.id as number;
  };
  const [first] = await actions('query=openssl');
  const hosts = async () =>
    (await get<{ hosts: { id: number }[] }>(`/api/v1/fleet/hosts?action_id=${first?.id}`)).hosts.map(({ id }) => id);
  const onOne = await except({ cve: 'CVE-2024-0002', host_id: 2 });
  // The newer host had nothing else that the update ends.
  expect(await actions('query=openssl')).toMatchObject([
    { hosts_count: 1, findings_count: 2, vulnerabilities_count: 2, unfixed_count: 2 },
  ]);
  expect(await hosts()).toEqual([1]);
  await except({ cve: 'CVE-2024-0002' });
  expect(await actions('query=openssl')).toMatchObject([
    { fix_version: '3.0.10-1', hosts_count: 1, findings_count: 1, exploited_count: 0, unfixed_count: 2 },
  ]);
  await call('POST', `/api/v1/flotilla/exceptions/${onOne}/end`);
  await except({ cve: 'CVE-2024-0004', host_id: 3 });
  expect((await actions()).map(({ name }) => name)).toEqual(['openssl', 'abandoned']);
  expect(await hosts()).toEqual([1]);
});

import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { expect, test } from 'vitest';
import { mergeTitle } from '../inventory/merges/merge-titles.ts';
import { judgeWanted, storeFeed } from '../vulnerabilities/index.ts';
import { type Call, callAs } from './people.ts';
import { deb, enrolHost, type TestHost } from './test-host.ts';
import { createTestServer, read, type TestServer } from './test-server.ts';

const FEED = 'debian-security-tracker';
const FLEET = '/api/v1/fleet';

async function* items(advisories: [cve: string, name: string][]) {
  for (const [cve, name] of advisories) {
    const affected = [
      { key: `deb:debian-12:${name}`, scheme: 'dpkg' as const, statement: 'ranges' as const, ranges: [{}] },
    ];
    const advisory: Advisory = { feed: FEED, id: `${cve} ${name}`, vulnerabilities: [cve], aliases: [], affected };
    yield { advisory };
  }
}

const kernel = (version: string) => ({
  running: version,
  name: `linux-image-${version}-amd64`,
  version: `${version}-1`,
  source_package: 'linux',
  arch: 'amd64',
});

const MAC = {
  name: 'macOS',
  version: '15.1',
  major: '15',
  minor: '1',
  platform: 'darwin',
  platform_like: 'darwin',
  codename: '',
  arch: 'arm64',
};
const app = (name: string, path: string, bundle_identifier = `org.example.${name.toLowerCase()}`) => ({
  name: `${name}.app`,
  display_name: name,
  bundle_identifier,
  bundle_short_version: '1.0',
  installed_path: path,
});

async function createScene(): Promise<{ server: TestServer; get<T>(path: string): Promise<T>; call: Call }> {
  const server = await createTestServer();
  const token = await server.setUp();
  return { server, get: (path) => read(server, token, `${FLEET}${path}`), call: callAs(server, token) };
}

interface Titles {
  software_titles: { id: number; name: string; display_name: string }[];
}

test('an app keeps the name that people gave it, and lists sort and search by it', async () => {
  const { server, get, call } = await createScene();
  const mac = await enrolHost(server, 'mac', MAC);
  await mac.report({ apps: [app('Zulip', '/Applications/Zulip.app'), app('Mail', '/Applications/Mail.app')] });
  const titles = async (query = '') =>
    (await get<Titles>(`/software/titles?order_key=name${query}`)).software_titles.map((title) => title.name);
  expect(await titles()).toEqual(['Mail', 'Zulip']);
  const [, zulip] = (await get<Titles>('/software/titles?order_key=name')).software_titles;
  const renamed = await call('PATCH', `/software/titles/${zulip?.id}/name`, { name: ' Chat of the team ' });
  expect(renamed.status).toBe(205);
  server.clock.forward(4000);
  await mac.report({
    apps: [app('Zulip Desktop', '/Applications/Zulip.app', 'org.example.zulip'), app('Mail', '/Applications/Mail.app')],
  });
  expect(await titles()).toEqual(['Chat of the team', 'Mail']);
  expect(await titles('&query=of+the')).toEqual(['Chat of the team']);
  expect(await titles('&query=C')).toEqual(['Chat of the team']);
  const { activities } = await get<{ activities: { type: string; details: object }[] }>(
    '/activities?activity_type=edited_software',
  );
  expect(activities).toMatchObject([
    { details: { software_title: 'Chat of the team', previous_software_title: 'Zulip' } },
  ]);
});

test('a title that is told by its name cannot be renamed', async () => {
  const { server, call } = await createScene();
  await (await enrolHost(server, 'one')).report({ deb_packages: [deb('bash')] });
  const { status, body } = await call('PATCH', '/software/titles/1/name', { name: 'Shell' });
  expect([status, body.errors?.[0]?.name ?? body.message]).toEqual([422, 'name']);
});

test('the vulnerabilities of a Linux are those of the kernels its hosts run', async () => {
  const { server, get } = await createScene();
  await storeFeed(
    server.system,
    FEED,
    items([
      ['CVE-2024-0001', 'linux'],
      ['CVE-2024-0002', 'linux'],
      ['CVE-2024-0003', 'bash'],
    ]),
  );
  for (const [index, version] of ['6.1.1', '6.1.1', '6.1.2'].entries()) {
    const host = await enrolHost(server, `host ${index}`);
    await host.report({ kernel_info: [kernel(version)], deb_packages: [deb('bash')] });
  }
  await judgeWanted(server.system);
  const { os_versions: systems } = await get<{ os_versions: { os_version_id: number }[] }>(
    '/os_versions?max_vulnerabilities=1',
  );
  expect(systems).toMatchObject([
    { hosts_count: 3, platform: 'debian', vulnerabilities_count: 2, vulnerabilities: [{ cve: 'CVE-2024-0002' }] },
  ]);
  const { os_version } = await get<{ os_version: object }>(`/os_versions/${systems[0]?.os_version_id}`);
  expect(os_version).toMatchObject({
    vulnerabilities_count: 2,
    kernels: [
      { version: '6.1.1-1', hosts_count: 2, vulnerabilities: ['CVE-2024-0002', 'CVE-2024-0001'] },
      { version: '6.1.2-1', hosts_count: 1, vulnerabilities: ['CVE-2024-0002', 'CVE-2024-0001'] },
    ],
  });
});

interface Software {
  count: number;
  software: {
    name: string;
    version: string;
    vulnerabilities: { cve: string; cisa_known_exploit: boolean | null }[] | null;
  }[];
}

async function reportDebian(server: TestServer): Promise<TestHost> {
  await storeFeed(
    server.system,
    FEED,
    items([
      ['CVE-2024-0001', 'openssl'],
      ['CVE-2024-0002', 'curl'],
    ]),
  );
  const host = await enrolHost(server, 'one');
  await host.report({ deb_packages: [deb('openssl'), deb('curl'), deb('bash')] });
  await judgeWanted(server.system);
  return host;
}

test('a list goes on after a value, with and without the details of vulnerabilities', async () => {
  const { server, get } = await createScene();
  await reportDebian(server);
  const names = async (query: string) => (await get<Software>(`/software?${query}`)).software.map(({ name }) => name);
  expect(await names('order_key=name&after=bash')).toEqual(['curl', 'openssl']);
  expect(await names('order_key=name&order_direction=desc&after=curl')).toEqual(['bash']);
  expect(await names('order_key=hosts_count&after=1')).toEqual([]);
  expect(await names('order_key=hosts_count&after=0')).toHaveLength(3);
  const brief = await get<Software>('/software/versions?query=curl&without_vulnerability_details=true');
  expect(brief.software[0]?.vulnerabilities).toMatchObject([{ cve: 'CVE-2024-0002', cisa_known_exploit: null }]);
  expect(await get('/software/count?vulnerable=true')).toMatchObject({ count: 2 });
});

test('the software of a host is filtered by text, by risk and by folder', async () => {
  const { server, get, call } = await createScene();
  await reportDebian(server);
  const on = async (host: number, query: string) =>
    (await get<Software>(`/hosts/${host}/software?${query}`)).software.map(({ name }) => name);
  expect(await on(1, 'vulnerable=true')).toEqual(['curl', 'openssl']);
  expect(await on(1, 'query=cve-2024-0001')).toEqual(['openssl']);
  expect(await on(1, 'vulnerable=true&exploit=true')).toEqual([]);
  expect(await on(1, 'vulnerable=true&min_cvss_score=1')).toEqual([]);
  expect(await on(1, 'order_direction=desc&per_page=2')).toEqual(['openssl', 'Linux kernel']);
  expect(await on(1, 'after=bash&order_key=name')).toEqual(['curl', 'Linux kernel', 'openssl']);
  expect((await call('GET', '/hosts/1/software?exploit=true')).status).toBe(400);
  const mac = await enrolHost(server, 'mac', MAC);
  await mac.report({ apps: [app('Mail', '/Applications/Mail.app'), app('Agent', '/System/Library/Agent.app')] });
  expect(await on(2, 'macos_applications=true')).toEqual(['Mail']);
  expect(await on(2, 'macos_applications=false')).toEqual(['Agent', 'Mail']);
  expect(await on(1, 'macos_applications=true')).toHaveLength(4);
});

test('what was found in a title that was merged into another is found under that one', async () => {
  const { server, get } = await createScene();
  await reportDebian(server);
  const { software_titles: all } = await get<Titles>('/software/titles?order_key=name');
  const idOf = (name: string) => all.find((title) => title.name === name)?.id ?? 0;
  await mergeTitle(server.system, idOf('openssl'), idOf('bash'));
  const { software_titles: vulnerable } = await get<Titles>('/software/titles?vulnerable=true&order_key=name');
  expect(vulnerable.map((title) => title.name)).toEqual(['bash', 'curl']);
});

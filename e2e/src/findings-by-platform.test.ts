import { fileURLToPath } from 'node:url';
import type { Finding } from '@flotilla/contract/vulnerabilities';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiClient } from './api-client.ts';
import { deb, enrol, type ReportedHost, type ReportingHost } from './console-hosts.ts';
import { startSetUpServer } from './console-scene.ts';
import { describeWith } from './prerequisites.ts';
import type { RunningServer } from './running-server.ts';
import { waitUntil } from './wait-until.ts';

type Row = Record<string, string>;

const FEEDS = fileURLToPath(new URL('../../../shared/feeds', import.meta.url));
const LOAD_SECONDS = 240;

interface Case {
  /** What is on the host. */
  what: string;
  host: Omit<ReportedHost, 'name' | 'uuid'>;
  /** Of these CVEs the software is affected by exactly the first ones. */
  affected: string[];
  not: string[];
  /** The answers after an update that ends what is affected. */
  updated: Partial<Omit<ReportedHost, 'name' | 'uuid'>>;
}

const linux = (name: string, version: string, platform: string): Row => ({
  ...{ name, version, platform, platform_like: platform, arch: 'x86_64', major: version.split('.')[0] ?? '' },
});
const rpm = (name: string, version: string, release: string): Row => ({
  ...{ name, version, release, epoch: '1', vendor: 'AlmaLinux', arch: 'x86_64', source: 'rpm_packages' },
});
const windows = (patches: string): Row => ({
  ...{ name: 'Microsoft Windows 11 Enterprise', version: '10.0.22631', platform: 'windows', arch: '64-bit' },
  ...{ display_version: '23H2', kernel_version: '10.0.22631.6199', patches },
});
const mac = (version: string): Row => ({ name: 'macOS', version, platform: 'darwin', arch: 'arm64', build: '' });
const none = { packages: [], python: [] };

const cases: Case[] = [
  {
    what: 'openssl of Debian 12',
    host: {
      ...none,
      os: linux('Debian GNU/Linux', '12 (bookworm)', 'debian'),
      packages: [deb('openssl', '3.0.15-1~deb12u1')],
    },
    affected: ['CVE-2024-13176', 'CVE-2025-9230', 'CVE-2026-31790'],
    not: ['CVE-2024-5535', 'CVE-2024-9143', 'CVE-2023-5363'],
    updated: { packages: [deb('openssl', '3.0.19-1~deb12u2')] },
  },
  {
    what: 'openssl of Debian 11',
    host: {
      ...none,
      os: linux('Debian GNU/Linux', '11 (bullseye)', 'debian'),
      packages: [deb('openssl', '1.1.1n-0+deb11u3')],
    },
    affected: ['CVE-2022-2097', 'CVE-2022-4304', 'CVE-2023-0286'],
    not: ['CVE-2022-2068', 'CVE-2021-3711'],
    updated: { packages: [deb('openssl', '1.1.1n-0+deb11u4')] },
  },
  {
    what: 'openssl of Ubuntu 22.04',
    host: {
      ...none,
      os: linux('Ubuntu', '22.04.4 LTS (Jammy Jellyfish)', 'ubuntu'),
      packages: [deb('openssl', '3.0.2-0ubuntu1.12')],
    },
    affected: ['CVE-2023-5678', 'CVE-2023-6129', 'CVE-2024-0727'],
    not: ['CVE-2023-5363', 'CVE-2022-0778'],
    updated: { packages: [deb('openssl', '3.0.2-0ubuntu1.14')] },
  },
  {
    what: 'openssl of AlmaLinux 9',
    host: {
      ...none,
      os: linux('AlmaLinux', '9.4 (Seafoam Ocelot)', 'almalinux'),
      answers: { software_rpm: [rpm('openssl', '3.0.7', '27.el9')] },
    },
    affected: ['CVE-2024-6119', 'CVE-2024-12797'],
    not: ['CVE-2024-0727', 'CVE-2023-5363'],
    updated: { answers: { software_rpm: [rpm('openssl', '3.5.5', '4.el9_8')] } },
  },
  {
    what: 'Jinja2 of Python',
    host: {
      ...{ ...none, os: linux('Debian GNU/Linux', '12 (bookworm)', 'debian') },
      python: [
        { name: 'Jinja2', version: '2.10', source: 'python_packages', installed_path: '/usr/lib/python3/Jinja2' },
      ],
    },
    affected: ['CVE-2019-10906', 'CVE-2020-28493'],
    not: ['CVE-2016-10745', 'CVE-2014-0012'],
    updated: {
      python: [
        { name: 'Jinja2', version: '2.11.3', source: 'python_packages', installed_path: '/usr/lib/python3/Jinja2' },
      ],
    },
  },
  {
    what: 'an old Chrome on Windows',
    host: {
      ...{ ...none, os: windows('KB5078883') },
      answers: { software_programs: [program('Google Chrome', '120.0.6099.200', 'Google LLC')] },
    },
    affected: ['CVE-2024-0519', 'CVE-2024-7971'],
    not: ['CVE-2023-4863', 'CVE-2024-4671'],
    updated: { answers: { software_programs: [program('Google Chrome', '138.0.7204.50', 'Google LLC')] } },
  },
  {
    what: 'an old Firefox on macOS',
    host: {
      ...{ ...none, os: mac('15.7.9') },
      answers: { software_apps: [app('Firefox', 'org.mozilla.firefox', '131.0')] },
    },
    affected: ['CVE-2024-9680'],
    not: ['CVE-2023-4863'],
    updated: { answers: { software_apps: [app('Firefox', 'org.mozilla.firefox', '150.0')] } },
  },
  {
    what: 'a macOS one release behind',
    host: { ...none, os: mac('15.7.7') },
    affected: ['CVE-2025-43325', 'CVE-2026-20672'],
    not: ['CVE-2025-43524', 'CVE-2026-28819'],
    updated: { os: mac('15.7.8') },
  },
  {
    what: 'a Windows that lacks an update, though it has the one before',
    host: { ...none, os: windows('KB5075941') },
    affected: ['CVE-2026-23667', 'CVE-2026-23668'],
    not: ['CVE-2026-20846', 'CVE-2026-21222'],
    updated: { os: windows('KB5078883') },
  },
];

function program(name: string, version: string, vendor: string): Row {
  return { name, version, vendor, source: 'programs', upgrade_code: '', installed_path: `C:\\Program Files\\${name}` };
}

function app(name: string, bundle_identifier: string, version: string): Row {
  return {
    name: `${name}.app`,
    bundle_identifier,
    bundle_short_version: version,
    installed_path: `/Applications/${name}.app`,
  };
}

/** The host as its queries answer; the system answers under two names. */
function reported(index: number, host: Omit<ReportedHost, 'name' | 'uuid'>): ReportedHost {
  const uuid = `7d0f7f6e-8a53-4f0e-9a39-0000000000${String(index).padStart(2, '0')}`;
  const os_windows = host.os.platform === 'windows' ? [host.os] : [];
  return { ...host, name: `host-${index}`, uuid, answers: { ...host.answers, os_windows } };
}

describeWith(['shared'], 'findings on every platform, with real feeds', () => {
  let server: RunningServer;
  let api: ApiClient;
  const hosts: { id: number; reporting: ReportingHost }[] = [];

  beforeAll(
    async () => {
      const started = await startSetUpServer({ FLOTILLA_FEEDS_URL: FEEDS });
      ({ server, api } = started);
      for (const [index, { host }] of cases.entries()) {
        const reporting = await enrol(server.httpUrl, started.enrolSecret, reported(index, host));
        await reporting.report();
        const { host: found } = await api.get<{ host: { id: number } }>(
          `/api/v1/fleet/hosts/identifier/${reporting.host.uuid}`,
        );
        hosts.push({ id: found.id, reporting });
      }
      await waitUntil(
        'every feed that is there was stored',
        async () => {
          const { feeds } = await api.get<{ feeds: FeedState[] }>('/api/v1/flotilla/feeds');
          const missing = feeds.filter((one) => one.is_needed && !one.is_absent && one.fetched_at === null);
          return missing.length === 0;
        },
        LOAD_SECONDS,
      );
    },
    (LOAD_SECONDS + 60) * 1000,
  );
  afterAll(() => server?.stop());

  interface FeedState {
    name: string;
    is_needed: boolean;
    is_absent: boolean;
    fetched_at: string | null;
  }

  const findingsOf = async (hostId: number): Promise<Finding[]> => {
    const all: Finding[] = [];
    for (let page = 0; ; page++) {
      const path = `/api/v1/flotilla/hosts/${hostId}/findings?per_page=500&page=${page}`;
      const { findings } = await api.get<{ findings: Finding[] }>(path);
      all.push(...findings);
      if (findings.length < 500) return all;
    }
  };
  const affectedOf = async (hostId: number, cves: string[]) => {
    const found = (await findingsOf(hostId)).filter(({ verdict }) => verdict === 'affected').map(({ cve }) => cve);
    return [...new Set(found)].filter((cve) => cves.includes(cve)).sort();
  };

  test.each(cases.map((one, index) => ({ ...one, index })))(
    '$what has what it should, and an update ends it within two seconds',
    async ({ index, affected, not, updated }) => {
      const host = hosts[index];
      if (!host) throw new Error('not enrolled');
      const named = [...affected, ...not];
      await waitUntil('it is judged', async () => (await affectedOf(host.id, named)).length >= affected.length);
      expect(await affectedOf(host.id, named)).toEqual([...affected].sort());
      await api.post(`/api/v1/fleet/hosts/${host.id}/refetch`);
      Object.assign(host.reporting.host, reported(index, { ...host.reporting.host, ...updated }));
      await host.reporting.report();
      await waitUntil('it is ended', async () => (await affectedOf(host.id, named)).length === 0, 2);
    },
  );
});

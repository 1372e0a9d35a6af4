import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { expect, test } from 'vitest';
import { foldCounts } from '../inventory/index.ts';
import { deb, enrolHost } from '../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../testing/test-server.ts';
import { judgeWanted } from './match-software.ts';
import { storeFeed } from './store-feed.ts';

const LOW = 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:L';
const HIGH = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';

async function* items(advisories: Advisory[]) {
  for (const advisory of advisories) yield { advisory };
}

const tells = (feed: string, cve: string, more: Partial<Advisory>): Advisory => ({
  ...{ feed, id: cve, vulnerabilities: [cve], aliases: [], affected: [] },
  ...more,
});

const openssl = (cve: string): Advisory => ({
  ...tells('debian-security-tracker', cve, { severity: { rating: 'low' } }),
  affected: [{ key: 'deb:debian-12:openssl', scheme: 'dpkg', statement: 'ranges', ranges: [{}] }],
});

interface Listed {
  vulnerabilities: {
    cve: string;
    cvss_score: number | null;
    epss_probability: number | null;
    cve_published: string | null;
    cve_description: string | null;
    cisa_known_exploit: boolean;
  }[];
  meta: { next_cursor?: string | null };
}

async function createScene() {
  const server = await createTestServer();
  const token = await server.setUp();
  await (await enrolHost(server, 'one')).report({ deb_packages: [deb('openssl', '3.0.11-1')] });
  await store(server, 'debian-security-tracker', ['CVE-2024-0001', 'CVE-2024-0002', 'CVE-2024-0003'].map(openssl));
  await judgeWanted(server.system);
  return { server, token };
}

const store = (server: TestServer, feed: string, advisories: Advisory[]) =>
  storeFeed(server.system, feed, items(advisories));

test('what feeds tell of a vulnerability is shown, the most trusted first, and goes when they take it back', async () => {
  const { server, token } = await createScene();
  const one = async () => {
    const path = '/api/v1/fleet/vulnerabilities/CVE-2024-0001';
    return (await read<{ vulnerability: Listed['vulnerabilities'][number] }>(server, token, path)).vulnerability;
  };
  const facts = { published: '2024-01-09T15:00:00Z', description: 'A flaw.' };
  await store(server, 'osv-debian', [
    tells('osv-debian', 'CVE-2024-0001', { severity: { cvss3: LOW }, facts: { description: 'Another text.' } }),
  ]);
  expect(await one()).toMatchObject({ cvss_score: 1.8, cve_published: null, cve_description: 'Another text.' });
  await store(server, 'nvd', [tells('nvd', 'CVE-2024-0001', { severity: { cvss3: HIGH }, facts })]);
  await store(server, 'epss', [tells('epss', 'CVE-2024-0001', { likelihood: { probability: 0.5, percentile: 0.97 } })]);
  await store(server, 'cisa-kev', [
    tells('cisa-kev', 'CVE-2024-0001', {
      exploitation: { since: '2024-02-01', due: '2024-02-22', inRansomware: false },
    }),
  ]);
  expect(await one()).toMatchObject({
    ...{ cvss_score: 9.8, epss_probability: 0.5, cisa_known_exploit: true },
    ...{ cve_published: '2024-01-09T15:00:00.000Z', cve_description: 'A flaw.' },
  });
  await store(server, 'nvd', []);
  await store(server, 'cisa-kev', []);
  expect(await one()).toMatchObject({ cvss_score: 1.8, cisa_known_exploit: false, cve_published: null });
});

test('vulnerabilities are walked by score, likelihood and day, and what nobody told of comes last', async () => {
  const { server, token } = await createScene();
  await store(server, 'nvd', [
    tells('nvd', 'CVE-2024-0003', { severity: { cvss3: LOW }, facts: { published: '2024-03-01T00:00:00Z' } }),
    tells('nvd', 'CVE-2024-0002', { severity: { cvss3: HIGH }, facts: { published: '2024-02-01T00:00:00Z' } }),
  ]);
  await store(server, 'epss', [tells('epss', 'CVE-2024-0001', { likelihood: { probability: 0.1, percentile: 0.5 } })]);
  const walk = async (key: string) => {
    const cves: string[] = [];
    let cursor: string | null | undefined = '';
    do {
      const path = `/api/v1/fleet/vulnerabilities?order_key=${key}&order_direction=desc&per_page=1`;
      const page: Listed = await read(server, token, `${path}${cursor ? `&cursor=${cursor}` : ''}`);
      cves.push(...page.vulnerabilities.map(({ cve }) => cve));
      cursor = page.meta.next_cursor;
    } while (cursor);
    return cves;
  };
  expect(await walk('cvss_score')).toEqual(['CVE-2024-0002', 'CVE-2024-0003', 'CVE-2024-0001']);
  expect(await walk('epss_probability')).toEqual(['CVE-2024-0001', 'CVE-2024-0003', 'CVE-2024-0002']);
  expect(await walk('cve_published')).toEqual(['CVE-2024-0003', 'CVE-2024-0002', 'CVE-2024-0001']);
});

test('software is walked and filtered by the worst of what was found in it, which feeds may change', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const packages = ['openssl', 'curl', 'bash', 'zlib'];
  await (await enrolHost(server, 'one')).report({ deb_packages: packages.map((name) => deb(name, '1-1')) });
  const affects = (cve: string, name: string): Advisory => ({
    ...tells('debian-security-tracker', cve, {}),
    affected: [{ key: `deb:debian-12:${name}`, scheme: 'dpkg', statement: 'ranges', ranges: [{}] }],
  });
  const scored = (cve: string, cvss3: string, published: string) =>
    tells('nvd', cve, { severity: { cvss3 }, facts: { published } });
  const low = scored('CVE-2024-0001', LOW, '2024-03-01T00:00:00Z');
  await store(server, 'nvd', [low]);
  await store(server, 'debian-security-tracker', [
    affects('CVE-2024-0001', 'openssl'),
    affects('CVE-2024-0002', 'curl'),
    affects('CVE-2024-0003', 'bash'),
    { ...affects('CVE-2024-0004', 'openssl') },
  ]);
  await judgeWanted(server.system);
  await store(server, 'nvd', [low, scored('CVE-2024-0002', HIGH, '2024-02-01T00:00:00Z')]);
  await store(server, 'epss', [tells('epss', 'CVE-2024-0003', { likelihood: { probability: 0.1, percentile: 0.5 } })]);
  await foldCounts(server.system);
  for (const [list, key] of [
    ['versions', 'software'],
    ['titles', 'software_titles'],
  ] as const) {
    const named = async (query: string) => {
      const path = `/api/v1/fleet/software/${list}?${query}`;
      const answer = await read<Record<string, { name: string }[]>>(server, token, path);
      return answer[key]?.map(({ name }) => name);
    };
    const worst = async (order: string) => (await named(`order_key=${order}&order_direction=desc`))?.slice(0, 2);
    expect(await worst('cvss_score')).toEqual(['curl', 'openssl']);
    expect(await worst('cve_published')).toEqual(['openssl', 'curl']);
    expect((await worst('epss_probability'))?.[0]).toBe('bash');
    expect(await named('vulnerable=true&min_cvss_score=9')).toEqual(['curl']);
    expect(await named('vulnerable=true&max_cvss_score=9')).toEqual(['openssl']);
    if (list === 'versions') {
      expect(await named('order_key=cvss_score&order_direction=desc&after=9.8')).not.toContain('curl');
      expect(await named('order_key=cvss_score&after=1.8')).toEqual(['curl']);
    }
  }
  const { host } = await read<{ host: { issues: object } }>(server, token, '/api/v1/fleet/hosts/1');
  expect(host.issues).toMatchObject({ critical_vulnerabilities_count: 1, total_issues_count: 1 });
});

test('what decides is told with its feed, and what is not known makes the decision uncertain', async () => {
  const { server, token } = await createScene();
  const path = '/api/v1/flotilla/vulnerabilities/CVE-2024-0001';
  expect(await read(server, token, path)).toMatchObject({
    ...{ epss: null, exploitation: { is_known: null, feed: null }, ssvc: { is_automatable: null, feed: null } },
    decision: { days: null, needs_forensics: false, is_certain: false, basis: 'severity' },
  });
  const exploitation = { since: '2024-02-01', due: '2024-02-22', inRansomware: true };
  await store(server, 'cisa-kev', [tells('cisa-kev', 'CVE-2024-0002', { exploitation })]);
  const ssvc = { isAutomatable: false, technicalImpact: 'partial' } as const;
  await store(server, 'cisa-vulnrichment', [
    tells('cisa-vulnrichment', 'CVE-2024-0001', { ssvc }),
    tells('cisa-vulnrichment', 'CVE-2024-0002', { ssvc }),
  ]);
  expect(await read(server, token, path)).toMatchObject({
    ...{ exploitation: { is_known: false }, ssvc: { is_automatable: false, feed: 'cisa-vulnrichment' } },
    decision: { days: 60, is_certain: false, basis: 'bod-26-04' },
  });
  expect(await read(server, token, path.replace('0001', '0002'))).toMatchObject({
    exploitation: { is_known: true, in_ransomware: true, feed: 'cisa-kev' },
    decision: { days: 14, needs_forensics: false, is_certain: true },
  });
  const { findings } = await read<{ findings: { since: string; due_at: string }[] }>(server, token, `${path}/findings`);
  const days = findings.map((one) => (Date.parse(one.due_at) - Date.parse(one.since)) / 86_400_000);
  expect(days).toEqual([60]);
});

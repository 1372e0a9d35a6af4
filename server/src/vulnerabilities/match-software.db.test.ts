import type { Advisory, Affected } from '@flotilla/engine/advisories/advisory';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { deb, enrolHost, type TestHost } from '../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../testing/test-server.ts';
import { judgeWanted } from './match-software.ts';
import { recountAll } from './recount.ts';
import { storeFeed } from './store-feed.ts';

const FEED = 'debian-security-tracker';

/** `fixed` null: no fix yet. */
function advisory([cve, name, fixed]: [string, string, string | null], more: Partial<Affected> = {}): Advisory {
  const ranges = [fixed === null ? {} : { fixed }];
  const affected: Affected = { key: `deb:debian-12:${name}`, scheme: 'dpkg', statement: 'ranges', ranges, ...more };
  return { feed: FEED, id: `${cve} ${name}`, vulnerabilities: [cve], aliases: [], affected: [affected] };
}

async function* items(advisories: Advisory[]) {
  for (const one of advisories) yield { advisory: one };
}

async function arrive(server: TestServer, advisories: Advisory[]): Promise<void> {
  await storeFeed(server.system, FEED, items(advisories));
  await judgeWanted(server.system);
}

interface Vulnerabilities {
  count: number;
  vulnerabilities: { cve: string; hosts_count: number; cisa_known_exploit: boolean }[];
}
const counts = async (server: TestServer, token: string) =>
  (await read<Vulnerabilities>(server, token, '/api/v1/fleet/vulnerabilities?order_key=cve')).vulnerabilities.map(
    ({ cve, hosts_count }) => [cve, hosts_count],
  );

async function report(server: TestServer, host: TestHost, packages: [string, string][]): Promise<void> {
  server.clock.forward(4000);
  await host.report({ deb_packages: packages.map(([name, version]) => deb(name, version)) });
  await judgeWanted(server.system);
}

test('a new package and a changed advisory lead to the same findings, with the fix and the evidence', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await arrive(server, [advisory(['CVE-2024-0001', 'openssl', '3.0.13-1'])]);
  await report(server, host, [
    ['openssl', '3.0.11-1'],
    ['curl', '7.88-1'],
  ]);
  expect(await counts(server, token)).toEqual([['CVE-2024-0001', 1]]);
  await arrive(server, [advisory(['CVE-2024-0001', 'openssl', '3.0.13-1']), advisory(['CVE-2024-0002', 'curl', null])]);
  expect(await counts(server, token)).toEqual([
    ['CVE-2024-0001', 1],
    ['CVE-2024-0002', 1],
  ]);
  const { findings } = await read<{ findings: object[] }>(server, token, '/api/v1/flotilla/hosts/1/findings');
  expect(findings).toMatchObject([
    {
      cve: 'CVE-2024-0001',
      fix_version: '3.0.13-1',
      verdict: 'affected',
      evidence: {
        feed: FEED,
        key: 'deb:debian-12:openssl',
        compared: '3.0.11-1',
        comparator: 'dpkg',
        range: { fixed: '3.0.13-1' },
      },
    },
    { cve: 'CVE-2024-0002', fix_version: null },
  ]);
  const titles = await read<{ software_titles: { name: string; versions: { vulnerabilities: string[] | null }[] }[] }>(
    server,
    token,
    '/api/v1/fleet/software/titles?order_key=name',
  );
  expect(titles.software_titles.map(({ name, versions }) => [name, versions[0]?.vulnerabilities])).toEqual([
    ['curl', ['CVE-2024-0002']],
    ['openssl', ['CVE-2024-0001']],
  ]);
});

test('a finding closes when the package is updated, and when the advisory is withdrawn', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await arrive(server, [advisory(['CVE-2024-0001', 'openssl', '3.0.13-1']), advisory(['CVE-2024-0002', 'curl', null])]);
  await report(server, host, [
    ['openssl', '3.0.11-1'],
    ['curl', '7.88-1'],
  ]);
  await report(server, host, [
    ['openssl', '3.0.13-1'],
    ['curl', '7.88-1'],
  ]);
  expect(await counts(server, token)).toEqual([['CVE-2024-0002', 1]]);
  await arrive(server, [advisory(['CVE-2024-0001', 'openssl', '3.0.13-1'])]);
  expect(await counts(server, token)).toEqual([]);
  expect(await recountAll(server.system)).toBe(0);
});

test('what the distribution calls no security matter is listed but counts no host', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await arrive(server, [advisory(['CVE-2024-0003', 'openssl', null], { remark: 'unimportant' })]);
  await report(server, host, [['openssl', '3.0.11-1']]);
  expect(await counts(server, token)).toEqual([]);
  const { findings } = await read<{ findings: object[] }>(server, token, '/api/v1/flotilla/hosts/1/findings');
  expect(findings).toMatchObject([{ cve: 'CVE-2024-0003', is_active: false, remark: 'unimportant' }]);
});

test('a vulnerability is answered with its software, without a body where nothing has it, and not at all where unknown', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await arrive(server, [advisory(['CVE-2024-0001', 'openssl', '3.0.13-1'])]);
  await report(server, host, [['openssl', '3.0.11-1']]);
  await counts(server, token);
  const get = (cve: string) =>
    server.app.inject({ url: `/api/v1/fleet/vulnerabilities/${cve}`, headers: { authorization: `Bearer ${token}` } });
  expect((await get('cve-2024-0001')).json()).toMatchObject({
    vulnerability: { cve: 'CVE-2024-0001' },
    software: [{ name: 'openssl', version: '3.0.11-1', resolved_in_version: '3.0.13-1' }],
  });
  await report(server, host, [['openssl', '3.0.13-1']]);
  expect(await counts(server, token)).toEqual([]);
  expect((await get('CVE-2024-0001')).statusCode).toBe(204);
  expect((await get('CVE-1999-0001')).statusCode).toBe(404);
  expect((await get('%24%28id%29')).statusCode).toBe(400);
});

test('a feed that breaks off in the middle changes nothing', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await arrive(server, [advisory(['CVE-2024-0001', 'openssl', '3.0.13-1'])]);
  await report(server, host, [['openssl', '3.0.11-1']]);
  async function* broken() {
    yield { advisory: advisory(['CVE-2024-0009', 'openssl', null]) };
    throw new Error('the file ends in the middle');
  }
  await expect(storeFeed(server.system, FEED, broken())).rejects.toThrow('middle');
  await judgeWanted(server.system);
  expect(await counts(server, token)).toEqual([['CVE-2024-0001', 1]]);
});

test('findings of more hosts than are counted at once are counted after they are published', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const { db } = server.system;
  const host = await enrolHost(server, 'one');
  await report(server, host, [['openssl', '3.0.11-1']]);
  await sql`
    with many as (
      insert into hosts.host (identifier) select 'host ' || number from generate_series(1, 5000) as each (number) returning id
    )
    insert into inventory.host_software (host_id, software_id, since)
    select many.id, software.id, now() from many, inventory.software as software
    where software.source_package = 'openssl'`.execute(db);
  const found = advisory(['CVE-2024-0001', 'openssl', '3.0.13-1']);
  await arrive(server, [found, advisory(['CVE-2024-0002', 'curl', null])]);
  expect(await counts(server, token)).toEqual([['CVE-2024-0001', 5001]]);
  await arrive(server, [advisory(['CVE-2024-0002', 'curl', null])]);
  expect(await counts(server, token)).toEqual([]);
  expect(await recountAll(server.system)).toBe(0);
});

import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { expect, test } from 'vitest';
import { foldCounts } from '../../inventory/index.ts';
import { callAs } from '../../testing/people.ts';
import { deb, enrolHost } from '../../testing/test-host.ts';
import { createTestServer } from '../../testing/test-server.ts';
import { foldVulnerabilityCounts } from '../fold-counts.ts';
import { judgeWanted } from '../match-software.ts';
import { recountAll } from '../recount.ts';
import { storeFeed } from '../store-feed.ts';

const FEED = 'debian-security-tracker';
const PATH = '/api/v1/flotilla/vex';

async function* items() {
  for (const [cve, name] of [
    ['CVE-2024-0001', 'openssl'],
    ['CVE-2024-0002', 'curl'],
    ['CVE-2024-0003', 'curl'],
  ] as const) {
    const affected = { key: `deb:debian-12:${name}`, scheme: 'dpkg', statement: 'ranges', ranges: [{}] } as const;
    const advisory: Advisory = {
      ...{ feed: FEED, id: `${cve} ${name}`, vulnerabilities: [cve], aliases: [] },
      affected: [{ ...affected, ranges: [{}] }],
    };
    yield { advisory };
  }
}

async function createScene() {
  const server = await createTestServer();
  const { system } = server;
  const call = callAs(server, await server.setUp());
  await storeFeed(system, FEED, items());
  const host = await enrolHost(server, 'one');
  await host.report({ deb_packages: [deb('openssl', '3.0.11-1'), deb('curl', '7.88-1')] });
  await judgeWanted(system);
  await foldCounts(system);
  const take = async (document: object) => (await call('POST', PATH, { document })).body;
  const counting = async () => {
    expect(await recountAll(system)).toBe(0);
    await foldVulnerabilityCounts(system);
    const { vulnerabilities } = (await call('GET', '/vulnerabilities?order_key=cve')).body;
    return vulnerabilities.map((one: { cve: string }) => one.cve);
  };
  return { server, host, call, take, counting };
}

const openVex = (statements: object[]) => ({
  ...{ '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://example.org/vex/1', author: 'x', version: 1 },
  statements,
});
const opensslOf = (version: string) => ({ '@id': `pkg:deb/debian/openssl${version}` });
const absent = {
  vulnerability: { name: 'CVE-2024-0001' },
  products: [opensslOf('@3.0.11-1')],
  status: 'not_affected',
  justification: 'vulnerable_code_not_present',
};

test('an OpenVEX document makes exceptions, says what it cannot apply, and a newer one stands in its place', async () => {
  const { call, take, counting } = await createScene();
  const first = await take(
    openVex([
      absent,
      {
        vulnerability: { name: 'CVE-2024-0002' },
        products: [{ '@id': 'pkg:deb/debian/curl@7.88-1' }],
        status: 'fixed',
      },
      { vulnerability: { name: 'CVE-2024-0003' }, products: [{ '@id': 'pkg:deb/debian/curl' }], status: 'fixed' },
      { vulnerability: { name: 'CVE-2024-0003' }, products: [{ '@id': 'pkg:npm/curl' }], status: 'not_affected' },
      { vulnerability: { name: 'CVE-1999-0001' }, products: [opensslOf('')], status: 'not_affected' },
      { vulnerability: { name: 'CVE-2024-0003' }, products: [opensslOf('')], status: 'under_investigation' },
    ]),
  );
  expect(first).toMatchObject({ document: 'https://example.org/vex/1', created: 2, kept: 0, ended: 0 });
  expect(first.not_applied.map((one: { reason: string }) => one.reason)).toEqual([
    'It says that the product is fixed, but not in which version',
    'No software here is this product',
    'No feed of this server knows the vulnerability',
    'It says that nobody knows yet',
  ]);
  expect(await counting()).toEqual(['CVE-2024-0003']);
  expect(await take(openVex([absent]))).toMatchObject({ created: 0, kept: 1, ended: 1 });
  expect(await counting()).toEqual(['CVE-2024-0002', 'CVE-2024-0003']);
  const { exceptions } = (await call('GET', '/api/v1/flotilla/exceptions?state=ended')).body;
  expect(exceptions).toMatchObject([{ cve: 'CVE-2024-0002', ended_why: 'replaced', status: 'false_positive' }]);
  expect((await call('POST', PATH, { document: { title: 'x' } })).status).toBe(422);
});

test('a CSAF document of the profile VEX is understood with its branches, flags and notes', async () => {
  const { call, take, counting } = await createScene();
  const product = (product_id: string, purl: string) => ({
    product: { product_id, name: product_id, product_identification_helper: { purl } },
  });
  const taken = await take({
    document: { category: 'csaf_vex', csaf_version: '2.0', tracking: { id: 'EXAMPLE-1', version: '1' } },
    product_tree: {
      branches: [{ branches: [product('A', 'pkg:deb/debian/openssl'), product('B', 'pkg:deb/debian/curl')] }],
    },
    vulnerabilities: [
      {
        cve: 'CVE-2024-0001',
        product_status: { known_not_affected: ['A'] },
        flags: [{ label: 'component_not_present', product_ids: ['A'] }],
        threats: [{ category: 'impact', details: 'Built without it', product_ids: ['A'] }],
      },
      { cve: 'CVE-2024-0002', product_status: { known_affected: ['B'] } },
    ],
  });
  expect(taken).toMatchObject({ document: 'EXAMPLE-1', created: 1, not_applied: [{ cve: 'CVE-2024-0002' }] });
  expect(await counting()).toEqual(['CVE-2024-0002', 'CVE-2024-0003']);
  const { exceptions } = (await call('GET', '/api/v1/flotilla/exceptions')).body;
  expect(exceptions).toMatchObject([
    {
      status: 'not_affected',
      justification: 'component_not_present',
      reason: 'Built without it',
      vex: { document: 'EXAMPLE-1' },
    },
  ]);
});

test('what was found and said goes out as OpenVEX, and comes in again as the same', async () => {
  const { call, take } = await createScene();
  await take(openVex([absent]));
  await call('POST', '/api/v1/flotilla/exceptions', {
    cve: 'CVE-2024-0002',
    status: 'accepted',
    reason: 'Not reachable',
  });
  const { status, body } = await call('GET', PATH);
  expect(status).toBe(200);
  expect(body).toMatchObject({ '@context': 'https://openvex.dev/ns/v0.2.0', version: 1, author: expect.any(String) });
  expect(body.statements).toMatchObject([
    { vulnerability: { name: 'CVE-2024-0001' }, status: 'not_affected', justification: 'vulnerable_code_not_present' },
    { vulnerability: { name: 'CVE-2024-0002' }, status: 'affected', action_statement: 'Accepted: Not reachable' },
    { vulnerability: { name: 'CVE-2024-0003' }, status: 'affected', action_statement: 'No fix is known yet' },
  ]);
  for (const one of body.statements) {
    // By the specification: one of the two where it does not affect, an action where it does.
    if (one.status === 'not_affected') expect('justification' in one).not.toBe('impact_statement' in one);
    if (one.status === 'affected') expect(one.action_statement).not.toBe('');
    expect(one.products.every((product: { '@id': string }) => product['@id'].startsWith('pkg:deb/debian/'))).toBe(true);
  }
  expect(await take(body)).toMatchObject({ created: 1, not_applied: [{}, {}] });
  expect((await call('GET', `${PATH}?cve=CVE-1999-0001`)).status).toBe(204);
});

test('an older document does not replace what a newer one said', async () => {
  const { call, take, counting } = await createScene();
  const edition = (version: number, statements: object[]) => ({ document: { ...openVex(statements), version } });
  expect(await take({ ...openVex([absent]), version: 3 })).toMatchObject({ created: 1 });
  const refused = await call('POST', PATH, edition(2, []));
  expect(refused.status).toBe(409);
  expect(JSON.stringify(refused.body)).toContain('version 3, and this is version 2');
  expect(await counting()).toEqual(['CVE-2024-0002', 'CVE-2024-0003']);
  const dated = (day: number) => ({
    document: { ...openVex([absent]), version: 3, last_updated: `2026-02-0${day}T00:00:00Z` },
  });
  expect((await call('POST', PATH, dated(2))).status).toBe(200);
  expect((await call('POST', PATH, dated(1))).status).toBe(409);
  expect((await call('POST', PATH, edition(10, []))).body).toMatchObject({ ended: 1 });
});

test('what was fixed goes out as fixed, in the version that took the place of the other', async () => {
  const { server, host, call } = await createScene();
  const affected = { key: 'deb:debian-12:openssl', scheme: 'dpkg' as const, statement: 'ranges' as const };
  await storeFeed(
    server.system,
    FEED,
    (async function* () {
      const [cve, ranges] = ['CVE-2024-0001', [{ fixed: '3.0.13-1' }]];
      yield {
        advisory: { feed: FEED, id: cve, vulnerabilities: [cve], aliases: [], affected: [{ ...affected, ranges }] },
      };
    })(),
  );
  await judgeWanted(server.system);
  server.clock.forward(3700);
  await host.report({ deb_packages: [deb('openssl', '3.0.13-1')] });
  await judgeWanted(server.system);
  const { body } = await call('GET', PATH);
  expect(body.statements).toEqual([
    {
      vulnerability: { name: 'CVE-2024-0001' },
      timestamp: expect.any(String),
      products: [{ '@id': 'pkg:deb/debian/openssl@3.0.13-1?arch=amd64&distro=debian-12' }],
      status: 'fixed',
    },
  ]);
  expect((await call('GET', `${PATH}?host_id=1`)).body.statements).toEqual(body.statements);
  server.clock.forward(91 * 86_400);
  expect((await call('GET', PATH)).status).not.toBe(200);
});

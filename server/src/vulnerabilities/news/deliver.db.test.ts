import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { inTransaction } from '../../kernel/db/database.ts';
import { deb, enrolHost } from '../../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../../testing/test-server.ts';
import { judgeWanted } from '../match-software.ts';
import { takeNews } from '../queries/news.ts';
import { storeFeed } from '../store-feed.ts';
import { announceNews } from './announce.ts';
import { deliverDue } from './deliver.ts';
import { send } from './send.ts';

interface Heard {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver on loopback that answers with these statuses in turn, the last for ever. */
async function listen(...statuses: number[]) {
  const heard: Heard[] = [];
  const http = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    heard.push({ path: request.url ?? '', headers: request.headers, body });
    const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200;
    response.writeHead(status, { location: '/elsewhere' }).end('{}');
  });
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void http.close());
  return { heard, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

const FEED = 'debian-security-tracker';

async function* items(cves: string[]) {
  for (const cve of cves) {
    const affected = {
      key: 'deb:debian-12:openssl',
      scheme: 'dpkg',
      statement: 'ranges',
      ranges: [{ fixed: '9' }],
    } as const;
    const advisory = { feed: FEED, id: cve, vulnerabilities: [cve], aliases: [], affected: [affected] };
    yield { advisory: advisory as unknown as Advisory };
  }
}

/** `hosts` hosts with a package that all of these say is affected; those in `old` were published long ago. */
async function find(
  server: TestServer,
  { cves, old = [], hosts = 1 }: { cves: string[]; old?: string[]; hosts?: number },
) {
  for (const [names, days] of [[cves, 3] as const, [old, 40] as const]) {
    const at = new Date(server.clock.now.getTime() - days * 86_400_000);
    for (const name of names) {
      await sql`insert into vulnerabilities.vulnerability (name, published_at) values (${name}, ${at})`.execute(
        server.system.db,
      );
    }
  }
  for (let place = 1; place <= hosts; place += 1) {
    const host = await enrolHost(server, `host${place}`);
    server.clock.forward(4000);
    await host.report({ deb_packages: [deb('openssl', '3')] });
  }
  await storeFeed(server.system, FEED, items([...cves, ...old]));
  await judgeWanted(server.system);
}

const change = (server: TestServer, token: string, payload: object) =>
  server.app.inject({
    method: 'PATCH',
    url: '/api/v1/fleet/config',
    headers: { authorization: `Bearer ${token}` },
    payload,
  });

const hook = (destination_url: string, more: object = {}) => ({
  webhook_settings: { vulnerabilities_webhook: { enable_vulnerabilities_webhook: true, destination_url, ...more } },
});

const log = async (server: TestServer, token: string) =>
  (await read<{ deliveries: object[] }>(server, token, '/api/v1/flotilla/deliveries')).deliveries;

async function tell(server: TestServer): Promise<void> {
  await announceNews(server.system);
  await deliverDue(server.system);
}

test('a new vulnerability is told once, signed, and one published long ago is not', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const { heard, url } = await listen(200);
  expect((await change(server, token, hook(`${url}/hook`, { secret: 'shared' }))).statusCode).toBe(200);
  await find(server, { cves: ['CVE-2026-0001'], old: ['CVE-2020-0001'] });
  await tell(server);
  await judgeWanted(server.system);
  await tell(server);
  expect(heard).toHaveLength(1);
  const [{ headers, body, path } = {} as Heard] = heard;
  const signature = createHmac('sha256', 'shared').update(`${headers['flotilla-timestamp']}.${body}`).digest('hex');
  expect(headers['flotilla-signature']).toBe(`sha256=${signature}`);
  expect(path).toBe('/hook');
  expect(JSON.parse(body)).toMatchObject({
    timestamp: expect.any(String),
    vulnerability: {
      cve: 'CVE-2026-0001',
      details_link: 'https://nvd.nist.gov/vuln/detail/CVE-2026-0001',
      epss_probability: null,
      cisa_known_exploit: false,
      hosts_affected: [
        { id: 1, hostname: 'host1', url: expect.stringMatching(/\/hosts\/1$/), software_installed_paths: [] },
      ],
    },
  });
  const shown = await log(server, token);
  expect(shown).toMatchObject([
    { event: 'CVE-2026-0001 1', receiver: 'webhook', state: 'delivered', attempts: 1, last_status: 200 },
  ]);
  expect(JSON.stringify(shown)).not.toContain('shared');
  expect(
    (await server.app.inject({ url: '/api/v1/fleet/config', headers: { authorization: `Bearer ${token}` } })).body,
  ).not.toContain('shared');
});

test('hosts come in batches, and another process that starts after a crash neither loses nor repeats one', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const { heard, url } = await listen(200);
  await change(server, token, hook(url, { host_batch_size: 2 }));
  await find(server, { cves: ['CVE-2026-0001'], hosts: 3 });
  const crash = inTransaction(server.system, async (tx) => {
    expect(await takeNews(tx, 10)).toHaveLength(1);
    throw new Error('crash');
  });
  await expect(crash).rejects.toThrow('crash');
  await Promise.all([announceNews(server.system), announceNews(server.system)]);
  await deliverDue(server.system);
  await tell(server);
  expect(heard.map(({ body }) => JSON.parse(body).vulnerability.hosts_affected.length).sort()).toEqual([1, 2]);
});

test('what fails or redirects is tried again later, and given up after a day', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const { heard, url } = await listen(500, 302, 200);
  await change(server, token, hook(url));
  await find(server, { cves: ['CVE-2026-0001'] });
  await tell(server);
  await tell(server);
  expect(heard).toHaveLength(1);
  server.clock.forward(61);
  await tell(server);
  expect(await log(server, token)).toMatchObject([{ state: 'waiting', attempts: 2, last_status: 302 }]);
  server.clock.forward(121);
  await tell(server);
  expect(heard.map(({ path }) => path)).toEqual(['/', '/', '/']);
  expect(await log(server, token)).toMatchObject([{ state: 'delivered', attempts: 3 }]);
  await change(server, token, hook('http://127.0.0.1:1'));
  await server.app.inject({
    method: 'POST',
    url: '/api/v1/flotilla/deliveries/test',
    headers: { authorization: `Bearer ${token}` },
  });
  await tell(server);
  server.clock.forward(86_400);
  await tell(server);
  expect((await log(server, token))[0]).toMatchObject({ state: 'given_up', last_status: null });
});

const tickets = {
  jira: {
    settings: { username: 'ann', api_token: 'hidden', project_key: 'SEC' },
    path: '/rest/api/2/issue',
    authorization: `Basic ${btoa('ann:hidden')}`,
    body: { fields: { project: { key: 'SEC' }, summary: 'Vulnerability CVE-2026-0001 on 1 host' } },
  },
  zendesk: {
    settings: { email: 'ann@example.org', api_token: 'hidden', group_id: 7 },
    path: '/api/v2/tickets.json',
    authorization: `Basic ${btoa('ann@example.org/token:hidden')}`,
    body: { ticket: { subject: 'Vulnerability CVE-2026-0001 on 1 host', group_id: 7 } },
  },
  github: {
    settings: { api_token: 'hidden', repository: 'acme/fleet' },
    path: '/repos/acme/fleet/issues',
    authorization: 'Bearer hidden',
    body: { title: 'Vulnerability CVE-2026-0001 on 1 host' },
  },
};

test.for(Object.entries(tickets))('a new vulnerability opens one ticket: %s', async ([name, expected]) => {
  const server = await createTestServer();
  const token = await server.setUp();
  const { heard, url } = await listen(201);
  const integrations = { [name]: [{ url, ...expected.settings, enable_software_vulnerabilities: true }] };
  const saved = await change(server, token, { integrations });
  expect(saved.statusCode).toBe(200);
  expect(saved.body).not.toContain('hidden');
  await find(server, { cves: ['CVE-2026-0001'] });
  await tell(server);
  await tell(server);
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatchObject({ path: expected.path, headers: { authorization: expected.authorization } });
  expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject(expected.body);
  const both = await change(server, token, hook(url));
  expect([both.statusCode, both.body]).toEqual([422, expect.stringContaining('only one may be told')]);
});

test.for([
  'http://169.254.169.254/latest',
  'http://[fd00:ec2::254]/',
  'http://[::ffff:169.254.1.1]/',
  'http://2852039166/',
])('nothing is sent to a metadata service: %s', async (url) => {
  await expect(send({ url, headers: {}, body: '{}' })).rejects.toThrow('refused');
});

import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Advisory } from '@flotilla/engine/advisories/advisory';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { inTransaction } from '../../kernel/db/database.ts';
import { createAddressGuard } from '../../kernel/outgoing/address-guard.ts';
import { deb, enrolHost } from '../../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../../testing/test-server.ts';
import { judgeWanted } from '../match-software.ts';
import { takeNews } from '../queries/news.ts';
import { storeFeed } from '../store-feed.ts';
import { announceNews } from './announce.ts';
import { deliverDue } from './deliver.ts';
import type { Affecting } from './receiver.ts';
import { send } from './send.ts';
import { webhook } from './webhook.ts';

interface Heard {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a receiver at an address answers to questions. */
const answers = new Map<string, string>();

/** A receiver on loopback that answers with these statuses in turn, the last for ever; 0: it hangs up. */
async function listen(...statuses: number[]) {
  const heard: Heard[] = [];
  const http = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    heard.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200;
    if (status === 0) request.socket.destroy();
    else response.writeHead(status, { location: '/elsewhere' }).end(answers.get(origin()) ?? '{}');
  });
  const origin = () => `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void http.close());
  return { heard, url: origin() };
}

const FEED = 'debian-security-tracker';

async function* all<T>(each: T[]) {
  yield* each;
}

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
  { cves, old = [], undated = [], hosts = 1 }: { cves: string[]; old?: string[]; undated?: string[]; hosts?: number },
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
  await storeFeed(server.system, FEED, items([...cves, ...old, ...undated]));
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
  ['jira', { issues: [{ key: 'SEC-1' }] }, { issues: [] }],
  ['zendesk', { tickets: [{ external_id: 'flotilla-cve-2026-0001-1' }] }, { tickets: [] }],
  ['github', [{ body: 'x <!-- flotilla-cve-2026-0001-1 -->' }], [{ body: null }]],
] as const)('an answer that was lost opens no second ticket: %s', async ([name, there, nothing]) => {
  for (const [found, opened] of [
    [there, 1],
    [nothing, 2],
  ] as const) {
    const server = await createTestServer();
    const token = await server.setUp();
    const { heard, url } = await listen(...(name === 'jira' ? [0, 404, 200] : [0, 200]), 201);
    answers.set(url, JSON.stringify(found));
    const { settings } = tickets[name];
    await change(server, token, {
      integrations: { [name]: [{ url, ...settings, enable_software_vulnerabilities: true }] },
    });
    await find(server, { cves: ['CVE-2026-0001'] });
    await tell(server);
    expect(await log(server, token)).toMatchObject([{ state: 'waiting', attempts: 1, last_status: null }]);
    server.clock.forward(61);
    await tell(server);
    expect(heard.filter(({ method }) => method === 'POST')).toHaveLength(opened);
    expect(JSON.stringify(heard[0])).toContain('flotilla-cve-2026-0001-1');
    expect(await log(server, token)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  }
});

test('what was sent before a crash is sent again under the same name', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const { heard, url } = await listen(200);
  await change(server, token, hook(url));
  await find(server, { cves: ['CVE-2026-0001'] });
  await announceNews(server.system);
  // The database goes away after the receiver heard it and before that is written down.
  await sql`alter table vulnerabilities.delivery add constraint crash check (state <> 'delivered')`.execute(
    server.system.db,
  );
  await expect(deliverDue(server.system)).rejects.toThrow('crash');
  await sql`alter table vulnerabilities.delivery drop constraint crash`.execute(server.system.db);
  expect(heard).toHaveLength(1);
  server.clock.forward(61);
  await tell(server);
  expect(new Set(heard.map(({ headers }) => headers['flotilla-event']))).toEqual(new Set(['CVE-2026-0001 1']));
  expect(heard).toHaveLength(2);
});

test('one whose day of publication is told after it was found is told then, if that was not long ago', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const { heard, url } = await listen(200);
  await change(server, token, hook(url));
  await find(server, { cves: [], undated: ['CVE-2026-0001', 'CVE-2020-0001'] });
  await tell(server);
  expect(heard).toHaveLength(0);
  const dated = (cve: string, published: string) => ({
    advisory: {
      feed: 'nvd',
      id: cve,
      vulnerabilities: [cve],
      aliases: [],
      affected: [],
      facts: { published },
    } as Advisory,
  });
  const both = [dated('CVE-2026-0001', '2026-02-20T00:00:00Z'), dated('CVE-2020-0001', '2020-02-20T00:00:00Z')];
  await storeFeed(server.system, 'nvd', all(both));
  await storeFeed(server.system, 'nvd', all(both.slice(1)));
  await storeFeed(server.system, 'nvd', all(both));
  await tell(server);
  expect(heard.map(({ body }) => JSON.parse(body).vulnerability.cve)).toEqual(['CVE-2026-0001']);
});

test('a body has no more hosts than a receiver may be expected to take', () => {
  const host = { id: 1, hostname: 'h', display_name: 'h'.repeat(1000), url: '', software_installed_paths: [] };
  const hosts = Array.from({ length: 2500 }, () => host);
  const { bodies } = webhook({ destination_url: 'https://example.org', host_batch_size: 0 });
  const told = bodies({ hosts_affected: hosts } as unknown as Affecting, new Date());
  expect(told.map((body) => body.length <= 1_001_000)).toEqual([true, true, true]);
  expect(told.flatMap((body) => JSON.parse(body).vulnerability.hosts_affected)).toHaveLength(2500);
});

test.for([
  'http://169.254.169.254/latest',
  'http://[fd00:ec2::254]/',
  'http://[::ffff:169.254.1.1]/',
  'http://2852039166/',
  'http://localhost:1/',
  'http://10.0.0.1/',
])('nothing is sent to an address that is not public: %s', async (url) => {
  await expect(send({ url, headers: {}, body: '{}' }, createAddressGuard([]))).rejects.toThrow('refused, as');
});

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readServerSettings } from '../kernel/server-settings.ts';
import { addFleet, addPerson, type Call, callAs } from './people.ts';
import { enrolAgent } from './test-agent.ts';
import { enrolHost } from './test-host.ts';
import { createTestServer, PERSON, type TestServer } from './test-server.ts';

let server: TestServer;
let admin: Call;
let observer: Call;
const endings: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = await createTestServer({ atEnd: (cleanUp) => endings.push(cleanUp) });
  admin = callAs(server, await server.setUp());
  observer = (await addPerson(server, admin, { name: 'bo', global_role: 'observer' })).call;
});
afterAll(async () => {
  for (const cleanUp of endings.reverse()) await cleanUp();
});

test('the configuration has every part clients look for, and an answer can be sent back whole', async () => {
  const { body } = await observer('GET', '/config');
  expect(body).toMatchObject({
    org_info: { org_name: 'Example', contact_url: '' },
    server_settings: { server_url: server.system.config.serverUrl, scripts_disabled: false },
    license: { tier: 'premium', organization: 'Example' },
    update_interval: { osquery_detail: 3_600_000_000_000 },
    mdm: { enabled_and_configured: false },
    integrations: { jira: [], zendesk: [], google_calendar: [] },
    gitops: { gitops_mode_enabled: false },
    vulnerabilities: { recent_vulnerability_max_age: 2_592_000_000_000_000 },
    logging: { json: true },
  });
  const before = (await admin('GET', '/config')).body;
  const sentBack = await admin('PATCH', '/config', before);
  expect([sentBack.status, sentBack.body]).toEqual([200, before]);
});

test('a change keeps what it leaves out, takes effect at once and is recorded by its names', async () => {
  const change = {
    org_info: { contact_url: 'https://help.example.org' },
    server_settings: { scripts_disabled: true, server_url: 'https://flotilla.example.org/' },
    features: { enable_software_inventory: false },
    host_expiry_settings: { host_expiry_enabled: true, host_expiry_window: 30 },
    something_new: { of: ['a', 'newer', 'program'] },
    license: { tier: 'free' },
  };
  const { body } = await admin('PATCH', '/config', change);
  expect(body).toMatchObject({
    org_info: { org_name: 'Example', contact_url: 'https://help.example.org' },
    something_new: { of: ['a', 'newer', 'program'] },
    license: { tier: 'premium' },
  });
  expect(await readServerSettings(server.system)).toMatchObject({
    orgName: 'Example',
    serverUrl: 'https://flotilla.example.org',
    scriptsDisabled: true,
    softwareInventory: false,
    hostExpiryDays: 30,
    activityExpiryDays: null,
  });
  const { activities } = (await admin('GET', '/activities?activity_type=edited_config&per_page=1')).body;
  expect(activities[0].details.changed).toContain('server_settings.scripts_disabled');
  expect((await observer('PATCH', '/config', change)).status).toBe(403);
});

test('what is switched off is neither asked of hosts nor run on them', async () => {
  const off = { server_settings: { scripts_disabled: true }, features: { enable_host_users: false } };
  await admin('PATCH', '/config', off);
  const host = await enrolHost(server, 'without-users');
  const asked = await host.report({});
  expect(asked.join()).toContain('fleet_detail_query_system_info');
  expect(asked.join()).not.toContain('fleet_detail_query_users');
  const { hostId } = await enrolAgent(server);
  const run = () => admin('POST', '/scripts/run', { host_id: hostId, script_contents: 'true' });
  expect((await run()).status).toBe(403);
  await admin('PATCH', '/config', { server_settings: { scripts_disabled: false } });
  expect((await run()).status).toBe(202);
});

test.each([
  [{ org_info: { org_name: ' ' } }, 'org_info.org_name'],
  [{ org_info: { org_name: 7 } }, 'org_info.org_name'],
  [{ server_settings: { server_url: 'example.org' } }, 'server_settings.server_url'],
  [{ activity_expiry_settings: { activity_expiry_enabled: true } }, 'activity_expiry_settings.activity_expiry_window'],
  [
    { webhook_settings: { activities_webhook: { enable_activities_webhook: true, destination_url: 'file:///x' } } },
    'webhook_settings.activities_webhook.destination_url',
  ],
  [{ integrations: { jira: [{ url: 'https://j.example', api_token: '********' }] } }, 'integrations.jira[0].api_token'],
])('%j is refused, naming %s', async (change, field) => {
  const { status, body } = await admin('PATCH', '/config', change);
  expect([status, body.errors[0].name]).toEqual([422, field]);
});

test('credentials of other systems are sealed, masked, kept by their stars, and shown to nobody else', async () => {
  const jira = { url: 'https://j.example', username: 'bot', project_key: 'SEC' };
  const sent = await admin('PATCH', '/config', {
    integrations: {
      jira: [
        { ...jira, api_token: 'very-secret-1' },
        { ...jira, project_key: 'OPS', api_token: 'very-secret-2' },
      ],
    },
    webhook_settings: { activities_webhook: { destination_url: 'https://hooks.example/very-secret-3' } },
  });
  expect(JSON.stringify(sent.body.integrations)).not.toContain('very-secret');
  const [first, second] = sent.body.integrations.jira;
  expect(second).toEqual({ ...jira, project_key: 'OPS', api_token: '********' });
  await admin('PATCH', '/config', { integrations: { jira: [second, { ...first, enable_failing_policies: true }] } });
  const stored = await sql<{ value: unknown; sealed: Buffer }>`
    select value, sealed from kernel.setting where name = 'server'`.execute(server.system.db);
  const [row] = stored.rows;
  expect(JSON.stringify(row?.value)).not.toContain('very-secret');
  const opened = JSON.parse(server.system.secrets.open(row?.sealed ?? Buffer.alloc(0)));
  expect(opened.integrations.jira.map(({ api_token }: { api_token: string }) => api_token)).toEqual([
    'very-secret-2',
    'very-secret-1',
  ]);
  const seen = JSON.stringify((await observer('GET', '/config')).body);
  expect(seen).not.toContain('very-secret');
  expect(seen).not.toContain('j.example');
});

test('a schedule runs by its own name and by that of Fleet; others are told what there is', async () => {
  expect((await admin('POST', '/trigger?name=expire-activities')).status).toBe(200);
  expect((await admin('POST', '/trigger?name=cleanups_then_aggregation')).status).toBe(200);
  const unknown = await admin('POST', '/trigger?name=calendar');
  expect([unknown.status, unknown.body.errors[0].reason]).toEqual([
    404,
    expect.stringContaining('cleanups_then_aggregation'),
  ]);
  expect((await observer('POST', '/trigger?name=recount')).status).toBe(403);
});

test('names become ids, within the fleets one may read', async () => {
  const fleet = await addFleet(admin, 'Design');
  const of = await addPerson(server, admin, { name: 'eva', fleets: [{ id: fleet, role: 'observer' }] });
  await enrolHost(server, 'one');
  const ask = (by: Call, type: string, identifier: string) =>
    by('POST', '/translate', { list: [{ type, payload: { identifier } }] }).then(({ status, body }) => [
      status,
      body.list?.[0].payload.id,
    ]);
  expect(await ask(admin, 'user', PERSON.email)).toEqual([200, 1]);
  expect(await ask(admin, 'label', 'All Hosts')).toEqual([200, 6]);
  expect(await ask(admin, 'team', 'DESIGN')).toEqual([200, fleet]);
  expect(await ask(admin, 'host', 'one')).toEqual([200, expect.any(Number)]);
  expect(await ask(of.call, 'host', 'one')).toEqual([404, undefined]);
  expect(await ask(of.call, 'user', of.email)).toEqual([200, of.id]);
  expect(await ask(of.call, 'user', PERSON.email)).toEqual([403, undefined]);
  expect((await admin('GET', '/version')).body).toMatchObject({
    version: server.system.config.version,
    go_version: '',
  });
});

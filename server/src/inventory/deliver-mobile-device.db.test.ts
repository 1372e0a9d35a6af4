import { expect, test } from 'vitest';
import { addFleet, addPerson, type Call, callAs } from '../testing/people.ts';
import { enrolHost } from '../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../testing/test-server.ts';
import { recount, recountTotals } from './recount.ts';

const PHONE = {
  platform: 'ios',
  name: 'Ada’s iPhone',
  serial: 'F2LXK1',
  model: 'iPhone15,2',
  os_version: '17.4',
};
const pages = { name: 'Pages', version: '13.2', bundle_identifier: 'com.apple.Pages' };
const signal = { name: 'Signal', version: '7.10', bundle_identifier: 'org.whispersystems.signal' };

async function setUp() {
  const server = await createTestServer();
  const token = await server.setUp();
  const call = callAs(server, token);
  return { server, token, call, deliver: deliverAs(call) };
}

const deliverAs =
  (call: Call) =>
  (body: object, identifier = 'phone-1') =>
    call('PUT', `/api/v1/flotilla/mobile-devices/${identifier}`, { ...PHONE, software: [], ...body });

const titlesOf = async (server: TestServer, token: string) =>
  (
    await read<{ software_titles: { name: string; source: string; hosts_count: number }[] }>(
      server,
      token,
      '/api/v1/fleet/software/titles?order_key=name',
    )
  ).software_titles.map(({ name, source, hosts_count }) => [name, source, hosts_count]);

test('the first delivery makes a host with its software and system, and later ones replace what was there', async () => {
  const { server, token, call, deliver } = await setUp();
  const first = await deliver({ software: [pages, { ...signal, version: null }] });
  expect(first).toMatchObject({ status: 200, body: { host_id: 1, software_count: 2, problems: [] } });
  server.clock.forward(3600);
  expect((await deliver({ software: [{ ...pages, name: 'Apple Pages', version: '14.0' }] })).body).toEqual({
    host_id: 1,
    software_count: 1,
    problems: [],
  });
  expect(await titlesOf(server, token)).toEqual([['Apple Pages', 'ios_apps', 1]]);
  const { os_versions } = await read<{ os_versions: object[] }>(
    server,
    token,
    '/api/v1/fleet/os_versions?platform=ios',
  );
  expect(os_versions).toMatchObject([{ name: 'iOS 17.4', platform: 'ios', hosts_count: 1 }]);
  const { host } = (await call('GET', '/hosts/1')).body;
  expect(host).toMatchObject({
    ...{ display_name: 'Ada’s iPhone', platform: 'ios', os_version: 'iOS 17.4', hardware_serial: 'F2LXK1' },
    ...{ hardware_model: 'iPhone15,2', uuid: 'phone-1', status: 'online', refetch_requested: false },
    seen_time: server.clock.now.toISOString(),
    last_enrolled_at: '2026-03-01T12:00:00.000Z',
    software: [{ name: 'Apple Pages', version: '14.0', source: 'ios_apps', bundle_identifier: 'com.apple.Pages' }],
  });
  const { labels } = (await call('GET', '/labels')).body;
  const ios = labels.find(({ name }: { name: string }) => name === 'iOS');
  expect((await call('GET', `/labels/${ios.id}/hosts`)).body.hosts).toMatchObject([{ id: 1 }]);
  const { activities } = (await call('GET', '/activities?activity_type=fleet_enrolled')).body;
  expect(activities).toMatchObject([
    { actor_full_name: 'Ada', details: { host_id: 1, host_display_name: 'Ada’s iPhone', host_serial: 'F2LXK1' } },
  ]);
  const csv = await server.app.inject({
    url: '/api/v1/flotilla/export/host-software?format=csv',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(csv.body).toMatch(/Ada’s iPhone,.*,Apple Pages,14\.0,,,ios_apps,/);
  expect(await recount(server.system, server.catalogue)).toEqual({ title: 0, version: 0 });
  expect(await recountTotals(server.system)).toBe(0);
});

test('the same delivery twice changes nothing, a device that turns out to be an iPad has no app of an iPhone', async () => {
  const { server, token, call, deliver } = await setUp();
  await deliver({ software: [pages, signal] });
  const before = (await call('GET', '/api/v1/flotilla/hosts/1/timeline')).body;
  server.clock.forward(60);
  expect((await deliver({ software: [signal, pages] })).body.software_count).toBe(2);
  expect((await call('GET', '/api/v1/flotilla/hosts/1/timeline')).body).toEqual(before);
  await deliver({ platform: 'ipados', os_version: '17.5', software: [pages] });
  expect(await titlesOf(server, token)).toEqual([['Pages', 'ipados_apps', 1]]);
  const both = await Promise.all([deliver({}, 'tablet'), deliver({}, 'tablet')]);
  expect(both.map(({ body }) => body.host_id)).toEqual([2, 2]);
  const android = { name: 'Signal', version: '7.4', application_id: 'org.thoughtcrime.securesms' };
  await deliver({ platform: 'android', name: 'Pixel', os_version: '14', software: [android] }, 'phone-2');
  expect(await titlesOf(server, token)).toEqual([
    ['Pages', 'ipados_apps', 1],
    ['Signal', 'android_apps', 1],
  ]);
  expect((await call('GET', '/hosts?platform=android')).body.hosts).toMatchObject([{ os_version: 'Android 14' }]);
});

test('a row that is not understood is counted, and a sudden large shrink waits for a second delivery', async () => {
  const { call, deliver } = await setUp();
  const many = Array.from({ length: 40 }, (_none, index) => ({ ...pages, bundle_identifier: `org.example.a${index}` }));
  const bad = [{ version: '1' }, { name: 7, version: '1' }, { name: '', version: '2' }];
  expect((await deliver({ software: [...many, ...bad] })).body).toMatchObject({
    software_count: 40,
    problems: [
      { reason: 'no name', count: 2 },
      { reason: 'not an object of texts', count: 1 },
    ],
  });
  expect((await deliver({ software: [pages] })).body).toMatchObject({
    software_count: 40,
    problems: [{ reason: '40 became 1: waiting for a second answer', count: 1 }],
  });
  expect((await call('GET', '/api/v1/flotilla/hosts/1/inventory')).body.parts).toMatchObject([
    { part: 'apps', held: true, software_count: 40 },
    { part: 'os', held: false, software_count: 1 },
  ]);
  expect((await deliver({ software: [pages] })).body).toMatchObject({ software_count: 1, problems: [] });
});

test('as many apps as may be are taken, one more and other wrong input is refused by the name of the field', async () => {
  const { server, deliver } = await setUp();
  const app = (index: number) => ({ name: `App ${index}`, version: '1.0', bundle_identifier: `org.example.a${index}` });
  const most = Array.from({ length: 10_000 }, (_none, index) => app(index));
  expect((await deliver({ software: most })).body).toMatchObject({ software_count: 10_000, problems: [] });
  const later = new Date(server.clock.now.getTime() + 3_600_000).toISOString();
  const wrong: [field: string, body: object][] = [
    ['software', { software: [...most, app(10_000)] }],
    ['platform', { platform: 'symbian' }],
    ['os_version', { os_version: '' }],
    ['name', { name: undefined }],
    ['fleet_id', { fleet_id: 'mine' }],
    ['collected_at', { collected_at: 'yesterday' }],
    ['collected_at', { collected_at: later }],
  ];
  for (const [field, body] of wrong) {
    const answer = await deliver(body);
    expect([400, 422], field).toContain(answer.status);
    expect(answer.body.errors[0].name).toContain(field);
  }
  expect((await deliver({ fleet_id: 999 })).status).toBe(404);
});

test('what is older than what was delivered is refused, and a silent device goes offline', async () => {
  const { server, call, deliver } = await setUp();
  const first = server.clock.now.toISOString();
  server.clock.forward(3600);
  await deliver({ software: [pages] });
  const stale = await deliver({ collected_at: first, software: [] });
  expect(stale).toMatchObject({ status: 409, body: { errors: [{ name: 'collected_at' }] } });
  const statusOf = async () => (await call('GET', '/hosts/1')).body.host.status;
  server.clock.forward(86_400);
  expect(await statusOf()).toBe('online');
  server.clock.forward(3600);
  expect(await statusOf()).toBe('offline');
});

test('a host that osquery made is left alone, and a deleted device comes back with its history', async () => {
  const { server, call, deliver } = await setUp();
  await enrolHost(server, 'laptop');
  const refused = await deliver({ software: [pages] }, 'laptop');
  expect(refused.status).toBe(409);
  expect(refused.body.errors).toMatchObject([
    { name: 'identifier', reason: expect.stringMatching(/^Host 1 \(laptop\)/) },
  ]);
  expect((await call('GET', '/hosts/1')).body.host).toMatchObject({ platform: 'debian', display_name: 'laptop' });
  await call('DELETE', '/hosts/1');
  expect((await deliver({ software: [pages] }, 'laptop')).body.errors[0].reason).toMatch(/^A deleted host has it/);
  const { host_id } = (await deliver({ software: [pages] })).body;
  await call('DELETE', `/hosts/${host_id}`);
  server.clock.forward(60);
  expect((await deliver({ software: [pages] })).body).toMatchObject({ host_id, software_count: 1 });
  expect((await call('GET', `/hosts/${host_id}`)).body.host.software).toMatchObject([{ name: 'Pages' }]);
  expect((await call('GET', '/activities?activity_type=fleet_enrolled')).body.activities).toHaveLength(2);
});

test('people of a fleet deliver and move within their fleets only, programs too', async () => {
  const { server, call, deliver } = await setUp();
  const [mine, other, theirs] = [
    await addFleet(call, 'Mine'),
    await addFleet(call, 'Mine too'),
    await addFleet(call, 'Theirs'),
  ];
  const roles = [mine, other].map((id) => ({ id, role: 'maintainer' as const }));
  const own = deliverAs((await addPerson(server, call, { name: 'own', fleets: roles })).call);
  const made = await call('POST', '/users/admin', { name: 'p', email: 'p@example.org', api_only: true, fleets: roles });
  const program = deliverAs(callAs(server, made.body.token));
  expect((await own({})).status).toBe(404);
  expect((await own({ fleet_id: theirs })).status).toBe(404);
  expect((await own({ fleet_id: mine })).status).toBe(200);
  expect((await program({ software: [pages] })).body).toMatchObject({ host_id: 1, software_count: 1 });
  expect((await program({ fleet_id: other, software: [pages] })).status).toBe(200);
  expect((await call('GET', '/hosts/1')).body.host.fleet_id).toBe(other);
  expect((await own({ fleet_id: 0 })).status).toBe(404);
  expect((await deliver({ fleet_id: theirs })).status).toBe(200);
  expect((await own({ fleet_id: mine })).status).toBe(404);
  const observer = await addPerson(server, call, { name: 'o', fleets: [{ id: theirs, role: 'observer' }] });
  expect((await deliverAs(observer.call)({})).status).toBe(403);
});

test('no policy that osquery answers is about a mobile device', async () => {
  const { call, deliver } = await setUp();
  for (const platform of ['', 'linux']) {
    const policy = { name: `policy ${platform}`, query: 'select 1', platform };
    expect((await call('POST', '/global/policies', policy)).status).toBe(200);
  }
  await deliver({ software: [pages] });
  expect((await call('GET', '/hosts/1')).body.host.policies).toEqual([]);
});

test('where software inventory is off, only the system is kept', async () => {
  const { call, deliver } = await setUp();
  const fleetId = await addFleet(call, 'Private');
  await call('PATCH', `/fleets/${fleetId}`, { features: { enable_software_inventory: false } });
  expect((await deliver({ fleet_id: fleetId, software: [pages] })).body).toMatchObject({
    software_count: 0,
    problems: [{ reason: 'software inventory is off for the fleet of this host', count: 1 }],
  });
  expect((await call('GET', '/hosts/1')).body.host).toMatchObject({ os_version: 'iOS 17.4', software: [] });
});

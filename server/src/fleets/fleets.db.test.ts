import { expect, test } from 'vitest';
import { type Call, callAs } from '../testing/people.ts';
import { enrolHost, post } from '../testing/test-host.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

async function start(): Promise<{ server: TestServer; call: Call }> {
  const server = await createTestServer();
  return { server, call: callAs(server, await server.setUp()) };
}

const enrol = (server: TestServer, secret: string, identifier: string) =>
  post(server, '/api/osquery/enroll', { enroll_secret: secret, host_identifier: identifier, host_details: {} });

test('a fleet is made, found under both names, changed and deleted', async () => {
  const { server, call } = await start();
  const made = await call('POST', '/fleets', { name: 'Laptops' });
  expect(made.status).toBe(200);
  const { id, secrets } = made.body.team;
  expect(made.body.fleet).toEqual(made.body.team);
  expect(secrets).toHaveLength(1);
  expect((await call('POST', '/teams', { name: ' laptops ' })).status).toBe(409);
  expect((await call('POST', '/fleets', { name: 'No team' })).status).toBe(409);
  const changed = await call('PATCH', `/fleets/${id}`, {
    description: 'of people',
    host_expiry_settings: { host_expiry_enabled: true },
  });
  expect(changed.body.team).toMatchObject({
    name: 'Laptops',
    description: 'of people',
    host_expiry_settings: { host_expiry_enabled: true, host_expiry_window: 0 },
  });
  await enrolHost({ ...server, enrolSecret: secrets[0].secret }, 'one');
  const list = await call('GET', '/fleets');
  expect(list.body.fleets).toMatchObject([{ id, name: 'Laptops', host_count: 1, user_count: 0 }]);
  expect((await call('GET', '/teams')).body.teams).toEqual(list.body.fleets);
  await call('POST', `/fleets/${id}/policies`, { name: 'Has bash', query: 'SELECT 1' });
  const refused = await call('DELETE', `/fleets/${id}`);
  expect(refused).toMatchObject({
    status: 409,
    body: { errors: [{ reason: expect.stringContaining('policy "Has bash"') }] },
  });
  const [policy] = (await call('GET', `/fleets/${id}/policies`)).body.policies;
  await call('POST', `/fleets/${id}/policies/delete`, { ids: [policy.id] });
  expect((await call('DELETE', `/fleets/${id}`)).status).toBe(200);
  expect((await call('GET', `/fleets/${id}`)).status).toBe(404);
  expect((await call('GET', '/hosts?fleet_id=0')).body.hosts).toMatchObject([{ hostname: 'one', fleet_id: null }]);
  expect((await enrol(server, secrets[0].secret, 'two')).status).toBe(401);
});

test('a secret that is left out enrols nobody, hosts it enrolled stay, and a quota bounds how many enrol', async () => {
  const { server, call } = await start();
  const { id } = (await call('POST', '/fleets', { name: 'Kiosks', secrets: [{ secret: 'first-secret' }] })).body.team;
  const host = await enrolHost({ ...server, enrolSecret: 'first-secret' }, 'one');
  const set = (secrets: object[]) => call('PATCH', `/fleets/${id}/secrets`, { secrets });
  await set([{ secret: 'first-secret' }, { secret: 'second-secret', quota: 1 }]);
  expect((await enrol(server, 'second-secret', 'two')).status).toBe(200);
  expect((await enrol(server, 'second-secret', 'three')).status).toBe(401);
  // A host that was here before is no further one.
  expect((await enrol(server, 'second-secret', 'two')).status).toBe(200);
  const kept = await set([{ secret: 'second-secret' }]);
  expect(kept.body.secrets).toMatchObject([{ secret: 'second-secret', fleet_id: id, quota: 1, used: 1 }]);
  expect((await enrol(server, 'first-secret', 'four')).body).toMatchObject({ node_invalid: true });
  expect(Object.keys(await host.read()).length).toBeGreaterThan(0);
  expect((await call('PATCH', '/fleets/999/secrets', { secrets: [] })).status).toBe(404);
  const { body } = await call('POST', '/spec/enroll_secret', { spec: { secrets: [{ secret: 'second-secret' }] } });
  expect(body.errors[0].name).toBe('secrets');
  await call('POST', '/spec/enroll_secret', { spec: { secrets: [{ secret: 'for-no-fleet' }] } });
  expect((await call('GET', '/spec/enroll_secret')).body.spec.secrets).toMatchObject([{ secret: 'for-no-fleet' }]);
});

test('an address that sends many wrong secrets has to wait, and osquery is told to come back', async () => {
  const { server } = await start();
  const tries = await Promise.all(Array.from({ length: 301 }, () => enrol(server, 'wrong', 'x')));
  expect(tries.filter((one) => one.status === 401)).toHaveLength(300);
  expect(await enrol(server, server.enrolSecret, 'x')).toMatchObject({
    status: 429,
    body: { error: expect.any(String) },
  });
  server.clock.forward(61);
  expect((await enrol(server, server.enrolSecret, 'x')).status).toBe(200);
});

test('specs make and change fleets by name, all or none', async () => {
  const { call } = await start();
  const { body } = await call('POST', '/spec/fleets', { specs: [{ name: 'A' }, { name: 'B', description: 'b' }] });
  expect(body.fleet_ids_by_name).toEqual({ A: expect.any(Number), B: expect.any(Number) });
  const again = await call('POST', '/spec/fleets', {
    specs: [{ name: 'a', description: 'now' }, { name: 'All teams' }],
  });
  expect(again.status).toBe(409);
  expect((await call('GET', `/fleets/${body.fleet_ids_by_name.A}`)).body.team.description).toBe('');
});

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '../kernel/db/database.ts';
import { addFleet, addPerson, callAs } from '../testing/people.ts';
import { enrolHost } from '../testing/test-host.ts';
import { createTestServer } from '../testing/test-server.ts';
import { expireActivities } from './expire-activities.ts';
import { type Activity, recordActivity } from './record-activity.ts';
import { verifyChain } from './verify-chain.ts';

async function createRecording() {
  const server = await createTestServer();
  const admin = callAs(server, await server.setUp());
  const record = (activity: Activity) =>
    inTransaction(server.system, (tx) => recordActivity(server.system, tx, activity));
  return { server, admin, record };
}

const types = (body: { activities: { type: string }[] }) => body.activities.map(({ type }) => type);

test('a list is filtered by type, by who did it and by time, and goes on behind its last row', async () => {
  const { server, admin, record } = await createRecording();
  const list = async (query: string) => (await admin('GET', `/activities?${query}`)).body;
  server.clock.forward(60);
  for (const type of ['a', 'b', 'c', 'd', 'e']) await record({ type, details: {} });
  expect(types(await list('activity_type=b'))).toEqual(['b']);
  expect(types(await list('query=ADA'))).toEqual(['changed_user_global_role', 'created_user']);
  const start = server.clock.now.toISOString();
  expect(types(await list(`start_created_at=${start}&order_direction=asc`))).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(types(await list(`end_created_at=2026-03-01T12:00:30Z`))).toHaveLength(2);
  const first = await list('per_page=2');
  expect(types(first)).toEqual(['e', 'd']);
  await record({ type: 'f', details: {} });
  const second = await list(`per_page=2&cursor=${first.meta.next_cursor}`);
  expect(types(second)).toEqual(['c', 'b']);
  expect(second.meta.has_previous_results).toBe(true);
  const { id } = second.activities[1];
  expect(types(await list(`per_page=1&order_key=id&order_direction=desc&after=${id}`))).toEqual(['a']);
  for (const query of [
    'after=x',
    'cursor=x',
    'order_key=created_at&after=x',
    'start_created_at=yesterday',
    'order_key=hash',
  ]) {
    expect([query, (await admin('GET', `/activities?${query}`)).status]).toEqual([query, 400]);
  }
});

test('whoever reads some fleets sees what was done in them, and on the hosts in them', async () => {
  const { server, admin, record } = await createRecording();
  const design = await addFleet(admin, 'Design');
  const sales = await addFleet(admin, 'Sales');
  const bo = await addPerson(server, admin, { name: 'bo', fleets: [{ id: design, role: 'observer' }] });
  await enrolHost(server, 'one');
  await enrolHost(server, 'two');
  await sql`update hosts.host set fleet_id = ${design} where identifier = 'one'`.execute(server.system.db);
  const hosts = await sql<{ id: number }>`select id from hosts.host order by identifier`.execute(server.system.db);
  const [one, two] = hosts.rows.map(({ id }) => id);
  await record({ type: 'on_one', details: {}, hostId: one ?? 0 });
  await record({ type: 'on_two', details: {}, hostId: two ?? 0 });
  await record({ type: 'in_sales', details: { fleet_id: sales } });
  await record({ type: 'in_design', details: { team_id: design } });
  await record({ type: 'everywhere', details: {} });
  expect(types((await bo.call('GET', '/activities?activity_type=in_sales')).body)).toEqual([]);
  expect(types((await bo.call('GET', '/activities?per_page=2')).body)).toEqual(['in_design', 'on_one']);
  expect(types((await bo.call('GET', `/hosts/${one}/activities`)).body)).toEqual(['on_one']);
  expect((await bo.call('GET', `/hosts/${two}/activities`)).status).toBe(404);
  expect((await bo.call('GET', '/hosts/999/activities')).status).toBe(404);
  expect((await admin('GET', '/hosts/999/activities')).status).toBe(404);
  expect((await verifyChain(server.system)).brokenAt).toBeNull();
  await sql`update activity.activity set fleet_id = null where type = 'in_sales'`.execute(server.system.db);
  expect((await admin('GET', '/api/v1/flotilla/activities/verify')).body).toMatchObject({ intact: false });
});

test('activities are forgotten by age only when that is switched on, and what is left is a chain', async () => {
  const { server, admin, record } = await createRecording();
  await record({ type: 'old', details: {} });
  server.clock.forward(4 * 86_400);
  const config = (activity_expiry_settings: object) => admin('PATCH', '/config', { activity_expiry_settings });
  await expireActivities(server.system);
  expect((await admin('GET', '/activities?activity_type=old')).body.activities).toHaveLength(1);
  await config({ activity_expiry_enabled: true, activity_expiry_window: 3 });
  await expireActivities(server.system);
  expect((await admin('GET', '/activities')).body.activities).toMatchObject([{ type: 'edited_config' }]);
  expect((await admin('GET', '/api/v1/flotilla/activities/verify')).body).toEqual({
    activities: 1,
    intact: true,
    broken_at: null,
  });
});

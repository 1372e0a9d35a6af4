import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeFleet, removeFleet } from '../fleets/index.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { addFleet, addPerson, type Call, callAs, signIn } from '../testing/people.ts';
import { createTestServer, PERSON, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let admin: Call;
let design: number;
let sales: number;
const endings: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = await createTestServer({ atEnd: (cleanUp) => endings.push(cleanUp) });
  admin = callAs(server, await server.setUp());
  design = await addFleet(admin, 'Design');
  sales = await addFleet(admin, 'Sales');
});
afterAll(async () => {
  for (const cleanUp of endings.reverse()) await cleanUp();
});

const field = (body: { errors: { name: string }[] }) => body.errors[0]?.name;

test('a person has a role everywhere or roles in fleets, never both, never none', async () => {
  const add = (more: object) =>
    admin('POST', '/users/admin', { name: 'Bo', email: 'bo@example.org', password: PERSON.password, ...more });
  for (const roles of [
    {},
    { global_role: 'observer', fleets: [{ id: design, role: 'observer' }] },
    { fleets: [] },
    { global_role: null },
  ]) {
    expect([roles, (await add(roles)).status]).toEqual([roles, 422]);
  }
  expect(field((await add({ fleets: [{ id: 999, role: 'observer' }] })).body)).toBe('fleets');
  expect((await add({ global_role: 'owner' })).status).toBe(422);
  expect(field((await add({ global_role: 'observer', sso_enabled: true })).body)).toBe('sso_enabled');
  expect(field((await add({ global_role: 'observer', password: 'short' })).body)).toBe('password');
  const made = await add({ teams: [{ id: design, role: 'maintainer' }] });
  expect(made.body.user).toMatchObject({
    global_role: null,
    force_password_reset: true,
    fleets: [{ id: design, name: 'Design', role: 'maintainer' }],
    teams: [{ id: design, name: 'Design', role: 'maintainer' }],
  });
  expect(made.body.token).toBeUndefined();
  const again = await admin('POST', '/users/admin', {
    name: 'Bo',
    email: 'BO@example.org',
    password: PERSON.password,
    global_role: 'observer',
  });
  expect([again.status, field(again.body)]).toEqual([409, 'email']);
});

test('whoever must set a new password may do nothing else first', async () => {
  const token = await signIn(server, 'bo@example.org');
  const bo = callAs(server, token);
  expect((await bo('GET', '/activities')).status).toBe(403);
  expect((await bo('GET', '/me')).body.permissions).toEqual({ everywhere: [], fleets: [] });
  expect((await bo('POST', '/perform_required_password_reset', { new_password: PERSON.password })).status).toBe(422);
  const reset = await bo('POST', '/perform_required_password_reset', { new_password: 'another horse 2!' });
  expect(reset.body.user.force_password_reset).toBe(false);
  expect((await bo('GET', '/activities')).status).toBe(200);
  expect((await bo('GET', '/me')).body.permissions.fleets).toMatchObject([
    { fleet_id: design, permissions: expect.arrayContaining(['hosts:read']) },
  ]);
  expect((await bo('POST', '/perform_required_password_reset', { new_password: 'third horse 3!!' })).status).toBe(403);
});

test('a program gets its token once, never signs in, and outlives sessions', async () => {
  const made = await admin('POST', '/users/admin', {
    name: 'Robot',
    email: 'robot@example.org',
    api_only: true,
    password: PERSON.password,
    global_role: 'observer',
  });
  const { id } = made.body.user;
  const robot = callAs(server, made.body.token);
  const anybody = callAs(server, null);
  expect((await anybody('POST', '/login', { email: 'robot@example.org', password: PERSON.password })).status).toBe(401);
  server.clock.forward(400 * 86_400);
  expect((await robot('GET', '/me')).body.user.api_only).toBe(true);
  expect((await callAs(server, null, { cookie: `flotilla=${made.body.token}` })('GET', '/me')).status).toBe(401);
  admin = callAs(server, await signIn(server, PERSON.email));
  const fresh = await admin('POST', `/api/v1/flotilla/users/${id}/token`);
  expect((await robot('GET', '/me')).status).toBe(401);
  expect((await callAs(server, fresh.body.token)('GET', '/me')).status).toBe(200);
});

test('nobody gets more rights by themselves, and the last administrator stays', async () => {
  const chief = await addPerson(server, admin, { name: 'chief', fleets: [{ id: design, role: 'admin' }] });
  const seller = await addPerson(server, admin, { name: 'seller', fleets: [{ id: sales, role: 'observer' }] });
  const both = await addPerson(server, admin, {
    name: 'both',
    fleets: [
      { id: design, role: 'observer' },
      { id: sales, role: 'admin' },
    ],
  });
  const observer = await addPerson(server, admin, { name: 'observer', global_role: 'observer' });
  const patch = (by: Call, id: number, body: object) => by('PATCH', `/users/${id}`, body).then(({ status }) => status);

  expect(await patch(observer.call, observer.id, { global_role: 'admin' })).toBe(403);
  expect(await patch(chief.call, chief.id, { global_role: 'admin' })).toBe(403);
  expect(await patch(chief.call, chief.id, { fleets: [{ id: sales, role: 'observer' }] })).toBe(403);
  expect(await patch(chief.call, seller.id, { name: 'Eve' })).toBe(404);
  expect(await patch(chief.call, both.id, { new_password: 'taken horse 11!' })).toBe(403);
  expect(await patch(chief.call, 1, { name: 'Eve' })).toBe(404);
  expect((await chief.call('GET', `/users/${both.id}`)).status).toBe(200);
  expect((await chief.call('GET', '/users')).body.users.map(({ name }: { name: string }) => name)).toEqual([
    'Bo',
    'chief',
    'both',
  ]);
  const given = (roles: object) =>
    chief.call('POST', '/users/admin', { name: 'x', email: 'x@example.org', password: PERSON.password, ...roles });
  expect((await given({ global_role: 'observer' })).status).toBe(403);
  expect((await given({ fleets: [{ id: sales, role: 'observer' }] })).status).toBe(403);
  expect((await given({ fleets: [{ id: design, role: 'observer' }] })).status).toBe(200);

  expect(await patch(admin, 1, { global_role: 'observer' })).toBe(422);
  expect((await admin('DELETE', '/users/1')).status).toBe(422);
});

test('of two administrators who remove each other at once one stays', async () => {
  const other = await addPerson(server, admin, { name: 'other', global_role: 'admin' });
  const answers = await Promise.all([admin('DELETE', `/users/${other.id}`), other.call('DELETE', '/users/1')]);
  expect(answers.map(({ status }) => status).sort()).not.toEqual([200, 200]);
  const left = callAs(server, await signIn(server, answers[0]?.status === 200 ? PERSON.email : other.email));
  expect((await left('GET', '/users?query=example')).body.users.length).toBeGreaterThan(0);
  admin = left;
});

test('new roles end sessions, are counted as an audience, and are recorded by the names of the contract', async () => {
  const eva = await addPerson(server, admin, { name: 'eva', global_role: 'observer' });
  const changed = await admin('PATCH', `/users/${eva.id}`, {
    fleets: [
      { id: design, role: 'observer' },
      { id: sales, role: 'gitops' },
    ],
  });
  expect(changed.body.user.global_role).toBeNull();
  expect((await eva.call('GET', '/me')).status).toBe(401);
  const stored = () =>
    server.system.db.selectFrom('accounts.account').select('audience_id').where('id', '=', eva.id).executeTakeFirst();
  expect((await stored())?.audience_id).toBe(design);
  await admin('PATCH', `/fleets/${sales}/users`, { users: [{ id: eva.id, role: 'observer' }] });
  expect((await stored())?.audience_id).toBeLessThanOrEqual(-2);
  await admin('DELETE', `/fleets/${design}/users`, { users: [{ id: eva.id }] });
  expect((await stored())?.audience_id).toBe(sales);
  const { activities } = (await admin('GET', '/activities?per_page=8')).body;
  expect(
    activities.map(({ type, details }: { type: string; details: { role?: string } }) => [type, details.role]),
  ).toEqual([
    ['deleted_user_team_role', 'observer'],
    ['changed_user_team_role', 'observer'],
    ['changed_user_team_role', 'gitops'],
    ['changed_user_team_role', 'observer'],
    ['deleted_user_global_role', 'observer'],
    ['user_logged_in', undefined],
    ['changed_user_global_role', 'observer'],
    ['created_user', undefined],
  ]);
});

test('own settings are kept, one page after the other is listed', async () => {
  const mia = await addPerson(server, admin, { name: 'mia', global_role: 'technician' });
  await mia.call('PATCH', `/users/${mia.id}`, { settings: { hidden_host_columns: ['uuid'] }, name: 'Mia' });
  const me = await mia.call('GET', '/me?include_ui_settings=true');
  expect(me.body).toMatchObject({ settings: { hidden_host_columns: ['uuid'] }, user: { name: 'Mia' } });
  expect((await mia.call('PATCH', `/users/${mia.id}`, { email: 'm@example.org' })).body.errors[0].name).toBe(
    'password',
  );
  expect((await mia.call('GET', '/users')).status).toBe(403);
  const names = async (query: string) =>
    (await admin('GET', `/users?${query}`)).body.users.map(({ name }: { name: string }) => name);
  const all = await names('order_key=name&per_page=100');
  expect(await names('order_key=name&per_page=2&page=1')).toEqual(all.slice(2, 4));
  expect(await names(`order_key=name&after=${encodeURIComponent(all[3])}&per_page=2`)).toEqual(all.slice(4, 6));
  expect(await names(`fleet_id=${sales}`)).toEqual(['seller', 'both', 'eva']);
  expect(await names('query=MIA@')).toEqual(['Mia']);
  expect((await admin('GET', '/users?after=x')).status).toBe(400);
});

test('an invitation works once, for the address it was made for', async () => {
  const made = await admin('POST', '/invites', {
    email: 'guest@example.org',
    name: 'Guest',
    fleets: [{ id: design, role: 'observer' }],
  });
  const { token, url } = made.body;
  expect(url).toMatch(new RegExp(`/login/invites#${token}$`));
  const anybody = callAs(server, null);
  expect((await anybody('GET', `/invites/${token}`)).body.invite).toMatchObject({
    email: 'guest@example.org',
    fleets: [{ id: design, name: 'Design', role: 'observer' }],
  });
  expect((await anybody('GET', '/invites/wrong')).status).toBe(404);
  expect((await admin('GET', '/invites')).body.invites).toHaveLength(1);
  const accept = (more: object = {}) =>
    anybody('POST', '/users', {
      invite_token: token,
      name: 'Guest',
      password: PERSON.password,
      password_confirmation: PERSON.password,
      ...more,
    });
  expect((await accept({ email: 'eve@example.org' })).status).toBe(422);
  expect((await accept({ password_confirmation: 'x' })).status).toBe(422);
  const tries = await Promise.all([accept(), accept(), accept()]);
  expect(tries.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
  expect((await admin('GET', '/invites')).body.invites).toEqual([]);
  await signIn(server, 'guest@example.org');
});

test('a fleet that is deleted takes roles and invitations into it along', async () => {
  const third = await addFleet(admin, 'Third');
  const tom = await addPerson(server, admin, { name: 'tom', fleets: [{ id: third, role: 'admin' }] });
  await tom.call('POST', '/invites', {
    email: 'late@example.org',
    name: 'Late',
    fleets: [{ id: third, role: 'admin' }],
  });
  await inTransaction(server.system, async (tx) => {
    await closeFleet(server.system, tx, third);
    await removeFleet(server.system, tx, third);
  });
  expect((await admin('GET', `/users/${tom.id}`)).body.user.fleets).toEqual([]);
  expect((await admin('GET', '/invites')).body.invites).toEqual([]);
  const again = callAs(server, await signIn(server, tom.email));
  expect((await again('GET', '/activities')).status).toBe(403);
});

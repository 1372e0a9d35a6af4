import { expect, test } from 'vitest';
import { addPerson, callAs, signIn } from '../testing/people.ts';
import { createTestServer, PERSON } from '../testing/test-server.ts';

async function createWithAdmin() {
  const server = await createTestServer();
  const admin = callAs(server, await server.setUp());
  return { server, admin, anybody: callAs(server, null) };
}

/** A password takes long to check, that is what the check is for. */
const SLOW = { timeout: 120_000 };
const wrong = (email: string) => ({ email, password: 'wrong horse 1!' });

test.each([PERSON.email, 'nobody@example.org'])('guesses of the password of %s end after ten', SLOW, async (email) => {
  const { anybody } = await createWithAdmin();
  const tries = await Promise.all(Array.from({ length: 12 }, () => anybody('POST', '/login', wrong(email))));
  expect(tries.map(({ status }) => status).sort()).toEqual([...Array(10).fill(401), 429, 429]);
});

test('after too many guesses the right password waits too, and is told how long', SLOW, async () => {
  const { server, anybody } = await createWithAdmin();
  for (let count = 0; count < 10; count += 1) await anybody('POST', '/login', wrong(PERSON.email));
  expect(await anybody('POST', '/login', PERSON)).toMatchObject({
    status: 429,
    headers: { 'retry-after': '900' },
    body: { message: 'limit exceeded, retry after: 900s', errors: [{ name: 'base' }] },
  });
  server.clock.forward(15 * 60);
  expect((await anybody('POST', '/login', PERSON)).status).toBe(200);
});

test('a peer has a limit of its own, which a forged header does not move; success uses nothing up', SLOW, async () => {
  const { server, anybody } = await createWithAdmin();
  const from = (address: string) => callAs(server, null, { 'x-forwarded-for': address })('GET', '/invites/x');
  for (let count = 0; count < 45; count += 1) await from(`192.0.2.${count}`);
  expect((await from('192.0.2.99')).status).toBe(429);
  expect((await anybody('POST', '/login', PERSON)).status).toBe(429);
  server.clock.forward(15 * 60);
  for (let count = 0; count < 11; count += 1) await signIn(server, PERSON.email);
});

test('signing in and failing to are recorded, without the password', async () => {
  const { admin, anybody } = await createWithAdmin();
  await anybody('POST', '/login', wrong('eve@example.org'));
  await anybody('POST', '/login', PERSON);
  const { activities } = (await admin('GET', '/activities?per_page=2')).body;
  expect(activities).toMatchObject([
    { type: 'user_logged_in', actor_email: PERSON.email, details: { public_ip: '127.0.0.1' } },
    { type: 'user_failed_login', details: { email: 'eve@example.org', public_ip: '127.0.0.1' } },
  ]);
  expect(JSON.stringify(activities)).not.toContain('horse');
});

test('signing in again ends the session of the cookie', async () => {
  const { server } = await createWithAdmin();
  const before = await signIn(server, PERSON.email);
  const browser = callAs(server, null, { cookie: `flotilla=${before}`, 'x-requested-with': 'flotilla' });
  await browser('POST', '/login', PERSON);
  expect((await callAs(server, before)('GET', '/me')).status).toBe(401);
});

test('a changed password ends the other sessions and needs the present one', async () => {
  const { server, admin } = await createWithAdmin();
  const other = callAs(server, await signIn(server, PERSON.email));
  const change = (body: object) => admin('POST', '/change_password', body);
  const fresh = 'another horse 2!';
  const failed = await change({ old_password: 'wrong horse 1!', new_password: fresh });
  expect([failed.status, failed.body.errors[0].name]).toEqual([422, 'old_password']);
  expect((await change({ old_password: PERSON.password, new_password: 'short' })).status).toBe(422);
  expect((await change({ old_password: PERSON.password, new_password: PERSON.password })).status).toBe(422);
  expect((await change({ old_password: PERSON.password, new_password: fresh })).status).toBe(200);
  expect((await other('GET', '/me')).status).toBe(401);
  expect((await admin('GET', '/me')).status).toBe(200);
  await signIn(server, PERSON.email, fresh);
});

test('a link sets a new password, once, within a day, and ends all sessions', async () => {
  const { server, admin, anybody } = await createWithAdmin();
  const bo = await addPerson(server, admin, { name: 'bo', global_role: 'observer' });
  const answers = await Promise.all(
    ['bo@example.org', 'nobody@example.org'].map((email) => anybody('POST', '/forgot_password', { email })),
  );
  expect(answers.map(({ status, body }) => [status, body])).toEqual([
    [200, {}],
    [200, {}],
  ]);
  const asked = (await admin('GET', '/activities?activity_type=requested_password_reset')).body.activities;
  expect(asked).toHaveLength(2);
  const make = () => admin('POST', `/api/v1/flotilla/users/${bo.id}/password-reset`);
  const old = (await make()).body.token;
  const { token } = (await make()).body;
  const password = 'another horse 2!';
  const reset = (password_reset_token: string, new_password_confirmation = password) =>
    anybody('POST', '/reset_password', { new_password: password, new_password_confirmation, password_reset_token });
  expect((await reset(old)).status).toBe(401);
  expect((await reset(token, 'other')).status).toBe(422);
  expect((await reset(token)).status).toBe(200);
  expect((await reset(token)).status).toBe(401);
  expect((await bo.call('GET', '/me')).status).toBe(401);
  await signIn(server, bo.email, password);
  const late = (await make()).body.token;
  server.clock.forward(86_401);
  expect((await reset(late)).status).toBe(401);
});

test('sessions are listed and ended by those they belong to, and by whoever manages these people', async () => {
  const { server, admin } = await createWithAdmin();
  const bo = await addPerson(server, admin, { name: 'bo', global_role: 'observer' });
  const eva = await addPerson(server, admin, { name: 'eva', global_role: 'maintainer' });
  await signIn(server, bo.email);
  const list = (by: typeof admin) => by('GET', `/users/${bo.id}/sessions`);
  const { sessions } = (await list(bo.call)).body;
  expect(sessions).toHaveLength(2);
  expect((await list(eva.call)).status).toBe(403);
  const one = `/sessions/${sessions[0].session_id}`;
  expect((await eva.call('DELETE', one)).status).toBe(403);
  expect((await bo.call('GET', one)).body.user_id).toBe(bo.id);
  expect((await bo.call('DELETE', one)).status).toBe(200);
  expect((await bo.call('GET', one)).status).toBe(403);
  expect((await admin('GET', one)).status).toBe(404);
  expect((await admin('DELETE', `/users/${bo.id}/sessions`)).status).toBe(200);
  expect((await bo.call('GET', '/me')).status).toBe(401);
});

test('whoever is told to set a new password has to sign in again', async () => {
  const { server, admin } = await createWithAdmin();
  const bo = await addPerson(server, admin, { name: 'bo', global_role: 'admin' });
  const required = await admin('POST', `/users/${bo.id}/require_password_reset`, { require: true });
  expect(required.body.user.force_password_reset).toBe(true);
  expect((await bo.call('GET', '/me')).status).toBe(401);
  const again = callAs(server, await signIn(server, bo.email));
  expect((await again('GET', '/users')).status).toBe(403);
  expect((await again('PATCH', `/users/${bo.id}`, { global_role: 'admin' })).status).toBe(403);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../kernel/testing/test-database.ts';
import { createTestServer, PERSON, type TestServer } from './test-server.ts';

interface Case {
  what: string;
  method?: 'GET' | 'POST';
  url: string;
  body?: unknown;
  raw?: string;
  status: number;
  field: string;
}

const setUp = (change: object) => ({ admin: { ...PERSON, ...change }, org_info: { org_name: 'Example' } });

const OTHER_CURSOR = Buffer.from('["hosts_count desc",3,1]').toString('base64url');

const addresses: Case[] = [
  ['an unknown order key', '/hosts?order_key=password_hash', 'order_key'],
  ['an unknown order key', '/software/titles?order_key=id', 'order_key'],
  ['an unknown order direction', '/software/versions?order_direction=up', 'order_direction'],
  ['a page of none', '/hosts?per_page=0', 'per_page'],
  ['a page of too many', '/software/titles?per_page=10001', 'per_page'],
  ['a page that is no number', '/software/titles?per_page=many', 'per_page'],
  ['a page before the first', '/hosts?page=-1', 'page'],
  ['a fleet that is no number', '/software/titles?fleet_id=design', 'fleet_id'],
  ['both names of the fleet', '/hosts?fleet_id=1&team_id=1', 'fleet_id'],
  ['an unknown status', '/hosts?status=asleep', 'status'],
  ['an operating system without a version', '/hosts?os_name=Debian', 'os_version'],
  ['an id that is no number', '/hosts/one', 'id'],
  ['an id above all ids', '/hosts/99999999999', 'id'],
  ['U+0000 in a text', '/hosts?query=a%00b', 'query'],
  ['a search that is too long', `/software/titles?query=${'x'.repeat(256)}`, 'query'],
  ['a moment that is none', '/../flotilla/hosts/1/software-at?at=yesterday', 'at'],
  ['no moment', '/../flotilla/hosts/1/software-at', 'at'],
  ['exploited software that need not be vulnerable', '/software/titles?exploit=true', 'exploit'],
  ['a score of software that need not be vulnerable', '/software/versions?min_cvss_score=7', 'min_cvss_score'],
  ['a score above all scores', '/software/versions?vulnerable=true&max_cvss_score=11', 'max_cvss_score'],
  ['scores the wrong way round', '/software?vulnerable=true&min_cvss_score=7&max_cvss_score=4', 'min_cvss_score'],
  ['a filter by risk that is no yes or no', '/software/titles?vulnerable=perhaps', 'vulnerable'],
  ['a platform without a fleet', '/software/titles?platform=linux', 'platform'],
  ['an unknown platform', '/software/titles?fleet_id=0&platform=linux,amiga', 'platform'],
  ['a hash without a fleet', `/software/titles?hash_sha256=${'a'.repeat(64)}`, 'hash_sha256'],
  ['a hash that is none', '/software/titles?fleet_id=0&hash_sha256=abc', 'hash_sha256'],
  ['a file without a fleet', '/software/titles?package_name=x.deb', 'package_name'],
  ['a cursor that is none', '/software/titles?cursor=abc', 'cursor'],
  ['a cursor of another order', `/software/versions?order_key=name&cursor=${OTHER_CURSOR}`, 'cursor'],
  ['an order nobody named', '/software/versions?after=7', 'after'],
  ['a value that does not go on', '/software/versions?order_key=hosts_count&after=many', 'after'],
  ['a moment that does not go on', '/vulnerabilities?order_key=created_at&after=soon', 'after'],
  ['a name of a system without its version', '/os_versions?os_name=Debian', 'os_version'],
  ['too many vulnerabilities', '/os_versions?max_vulnerabilities=10001', 'max_vulnerabilities'],
  ['an id of a vulnerability that is none', '/vulnerabilities/..%20..', 'cve'],
  ['an unknown automation', '/global/policies?automation_type=magic', 'automation_type'],
  ['an unknown order of inherited policies', '/fleets/0/policies?inherited_order_key=colour', 'inherited_order_key'],
].map(([what = '', path = '', field = '']) => ({
  what,
  url: new URL(`/api/v1/fleet${path}`, 'http://x').href.slice('http://x'.length),
  field,
  status: 400,
}));

const bodies: Case[] = [
  { what: 'malformed JSON', raw: '{"email": ', status: 400, field: 'base' },
  { what: 'no JSON at all', raw: 'email=ada', status: 400, field: 'base' },
  { what: 'a number for a text', body: { email: 7, password: 'x' }, status: 422, field: 'email' },
  { what: 'a missing field', body: { email: 'ada@example.org' }, status: 422, field: 'password' },
  { what: 'a list for an object', body: [], status: 422, field: 'base' },
  { what: 'U+0000 in a text', body: { email: 'a\0@example.org', password: 'x' }, status: 400, field: 'email' },
  {
    what: 'a body of 2 MB',
    body: { email: 'ada@example.org', password: 'x'.repeat(2_000_000) },
    status: 413,
    field: 'base',
  },
  { what: 'the wrong password', body: { email: PERSON.email, password: 'wrong' }, status: 401, field: 'base' },
  {
    what: 'an unknown address',
    body: { email: 'eve@example.org', password: PERSON.password },
    status: 401,
    field: 'base',
  },
].map((one) => ({ ...one, method: 'POST' as const, url: '/api/v1/fleet/login' }));

describe('the answer to bad input names the field, in the form of the contract', () => {
  let server: TestServer;
  let token: string;
  const endings: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    server = await createTestServer({ atEnd: (cleanUp) => endings.push(cleanUp) });
    token = await server.setUp();
  });
  afterAll(async () => {
    for (const cleanUp of endings.reverse()) await cleanUp();
  });

  test.each([...addresses, ...bodies])('$what: $url', async ({ method = 'GET', url, body, raw, status, field }) => {
    const response = await server.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}`, ...(method === 'POST' && { 'content-type': 'application/json' }) },
      ...(method === 'POST' && { payload: raw ?? JSON.stringify(body) }),
    });
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({
      message: expect.any(String),
      errors: expect.arrayContaining([expect.objectContaining({ name: field })]),
    });
    expect(response.json().errors[0].reason).not.toBe('');
  });

  test.each([
    '/software/titles/1',
    '/software/versions/1',
    '/software/1',
    '/os_versions/1',
    '/vulnerabilities/CVE-1999-0001',
    '/software/titles?fleet_id=7',
    '/vulnerabilities?team_id=7',
    '/teams/7/policies',
    '/global/policies/1',
    '/software/titles/1/package',
  ])('what is not there is not found: %s', async (path) => {
    const response = await server.app.inject({
      url: `/api/v1/fleet${path}`,
      headers: { authorization: `Bearer ${token}` },
    });
    expect([response.statusCode, response.json().message]).toEqual([404, 'Resource Not Found']);
  });

  test.each([
    [{}, 'name'],
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(256) }, 'name'],
  ])('a title is not renamed by %j', async (payload, field) => {
    const response = await server.app.inject({
      method: 'PATCH',
      url: '/api/v1/fleet/software/titles/1/name',
      headers: { authorization: `Bearer ${token}` },
      payload,
    });
    expect([response.statusCode, response.json().errors[0].name]).toEqual([422, field]);
  });

  test('parameters nobody knows are ignored', async () => {
    const response = await server.app.inject({
      url: '/api/v1/fleet/hosts?mdm_id=3&colour=blue',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.statusCode).toBe(200);
  });

  test('both prefixes and the dated one answer alike', async () => {
    const answers = await Promise.all(
      ['v1', 'latest', '2022-04'].map((prefix) =>
        server.app.inject({ url: `/api/${prefix}/fleet/hosts/count`, headers: { authorization: `Bearer ${token}` } }),
      ),
    );
    expect(answers.map((answer) => answer.body)).toEqual(Array(3).fill('{"count":0}'));
  });
});

describe('set-up', () => {
  const post = (server: TestServer, body: object, headers: Record<string, string> = {}) =>
    server.app.inject({
      method: 'POST',
      url: '/api/v1/setup',
      headers: { host: 'localhost', ...headers },
      payload: body,
    });

  test.each([
    ['a short password', { password: 'short 1!' }, 'admin.password'],
    ['a password without a digit', { password: 'correct horse !' }, 'admin.password'],
    ['another confirmation', { password_confirmation: 'other' }, 'admin.password_confirmation'],
    ['a blank name', { name: '  ' }, 'admin.name'],
    ['an address without @', { email: 'ada' }, 'admin.email'],
  ])('refuses %s', async (_what, change, field) => {
    const server = await createTestServer({ database: await createTestDatabase() });
    const response = await post(server, setUp(change));
    expect(response.statusCode).toBe(422);
    expect(response.json().errors[0].name).toBe(field);
  });

  test('works once, also when ten people try at the same time', async () => {
    const server = await createTestServer({ database: await createTestDatabase() });
    const tries = await Promise.all(
      Array.from({ length: 10 }, (_, index) => post(server, setUp({ email: `person${index}@example.org` }))),
    );
    expect(tries.map((response) => response.statusCode).sort()).toEqual([200, ...Array(9).fill(404)]);
    expect((await post(server, setUp({}))).statusCode).toBe(404);
  });

  test.each([
    ['through a proxy', { 'x-forwarded-for': '192.0.2.7' }],
    ['under another name', { host: 'flotilla.example.org' }],
    ['from a page of another site', { origin: 'https://evil.example' }],
    ['with a wrong token from elsewhere', { host: 'flotilla.example.org', authorization: 'Bearer wrong' }],
  ])('asks a request %s for the printed token', async (_what, headers: Record<string, string>) => {
    const server = await createTestServer({ database: await createTestDatabase() });
    expect((await post(server, setUp({}), headers)).statusCode).toBe(401);
  });

  test('takes the printed token from anywhere', async () => {
    const server = await createTestServer({ database: await createTestDatabase() });
    const { readSetUpToken } = await import('../accounts/index.ts');
    const token = await readSetUpToken(server.system);
    const response = await post(server, setUp({}), { host: 'flotilla.example.org', authorization: `Bearer ${token}` });
    expect(response.statusCode).toBe(200);
    expect(response.headers['set-cookie']).toMatch(/HttpOnly/);
  });
});

describe('signed in', () => {
  test('nothing but public routes answers without a session, and sign-out ends it', async () => {
    const server = await createTestServer();
    const token = await server.setUp();
    const spec = (await server.app.inject('/api/openapi.json')).json<{
      paths: Record<string, Record<string, { security?: object[] }>>;
    }>();
    const closed = Object.entries(spec.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, route]) => route.security?.length !== 0)
        .map(([method]) => ({ path, method })),
    );
    expect(closed.length).toBeGreaterThan(15);
    for (const { path, method } of closed.filter((route) => route.path !== '/api/v1/setup')) {
      const url = path.replace('{id}', '1');
      const response = await server.app.inject({ method: method as 'get', url: `${url}?at=2026-01-01T00:00:00Z` });
      expect([path, response.statusCode]).toEqual([path, 401]);
    }
    const headers = { authorization: `Bearer ${token}` };
    expect((await server.app.inject({ url: '/api/v1/fleet/me', headers })).json().user.email).toBe(PERSON.email);
    await server.app.inject({ method: 'POST', url: '/api/v1/fleet/logout', headers });
    expect((await server.app.inject({ url: '/api/v1/fleet/me', headers })).statusCode).toBe(401);
  });

  test('a cookie changes nothing without the header that only our page sends', async () => {
    const server = await createTestServer();
    const token = await server.setUp();
    const send = (headers: Record<string, string>) =>
      server.app.inject({
        method: 'POST',
        url: '/api/v1/fleet/hosts/1/refetch',
        headers: { cookie: `flotilla=${token}`, ...headers },
      });
    expect((await send({})).statusCode).toBe(403);
    expect((await send({ 'x-requested-with': 'flotilla' })).statusCode).toBe(404);
  });

  test('a session ends after five days without use, and thirty days after sign-in', async () => {
    const server = await createTestServer();
    const token = await server.setUp();
    const status = async () =>
      (await server.app.inject({ url: '/api/v1/fleet/me', headers: { authorization: `Bearer ${token}` } })).statusCode;
    for (let day = 0; day < 29; day += 1) {
      server.clock.forward(86_400);
      expect(await status()).toBe(200);
    }
    server.clock.forward(2 * 86_400);
    expect(await status()).toBe(401);
    const second = (
      await server.app.inject({
        method: 'POST',
        url: '/api/v1/fleet/login',
        payload: { email: 'ADA@example.org', password: PERSON.password },
      })
    ).json().token;
    server.clock.forward(6 * 86_400);
    expect(
      (await server.app.inject({ url: '/api/v1/fleet/me', headers: { authorization: `Bearer ${second}` } })).statusCode,
    ).toBe(401);
  });

  test('node keys, set-up tokens and enrol secrets open no session', async () => {
    const server = await createTestServer();
    await server.setUp();
    const { enrolHost } = await import('./test-host.ts');
    const host = await enrolHost(server, 'one');
    for (const token of [host.nodeKey, server.enrolSecret]) {
      expect(
        (await server.app.inject({ url: '/api/v1/fleet/hosts', headers: { authorization: `Bearer ${token}` } }))
          .statusCode,
      ).toBe(401);
    }
  });
});

import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { deb, enrolHost, post, type TestHost } from '../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../testing/test-server.ts';
import { MOST_BYTES } from './agent-body.ts';

const NAME = 'fleet_detail_query_software_deb:1';
const answer = (host: TestHost, rows: unknown) => ({
  node_key: host.nodeKey,
  queries: { [NAME]: rows },
  statuses: { [NAME]: 0 },
});
const send = (server: TestServer, payload: string | Buffer, headers: Record<string, string> = {}) =>
  server.app.inject({
    method: 'POST',
    url: '/api/v1/osquery/distributed/write',
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });

test('a wrong secret, no secret and an unusable identifier are refused, and osquery is told to stop using its key', async () => {
  const server = await createTestServer();
  const good = { enroll_secret: server.enrolSecret, host_identifier: 'one' };
  for (const bad of [
    { enroll_secret: 'wrong' },
    { enroll_secret: undefined },
    { host_identifier: '' },
    { host_identifier: 'x'.repeat(256) },
  ]) {
    const { status, body } = await post(server, '/api/osquery/enroll', { ...good, ...bad });
    expect([status, body.node_invalid, typeof body.error]).toEqual([401, true, 'string']);
  }
});

test.each(['config', 'distributed/read', 'distributed/write', 'log'])(
  'a forged key is answered node_invalid on %s',
  async (path) => {
    const server = await createTestServer();
    const { status, body } = await post(server, `/api/osquery/${path}`, { node_key: 'forged', queries: {} });
    expect([status, body.node_invalid]).toEqual([401, true]);
  },
);

test('every answer closes its connection, as osquery leaves it open, but for those who say that they keep theirs', async () => {
  const server = await createTestServer();
  const host = await enrolHost(server, 'one');
  for (const path of ['config', 'distributed/read', 'log']) {
    const response = await server.app.inject({
      method: 'POST',
      url: `/api/osquery/${path}`,
      payload: { node_key: host.nodeKey },
    });
    expect(response.headers.connection).toBe('close');
  }
  const kept = await server.app.inject({
    method: 'POST',
    url: '/api/osquery/config',
    headers: { connection: 'keep-alive' },
    payload: { node_key: host.nodeKey },
  });
  expect(kept.headers.connection).not.toBe('close');
  expect((await server.app.inject('/healthz')).headers.connection).not.toBe('close');
});

test('a host that enrols again keeps its record, and is asked anew', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const first = await enrolHost(server, 'one');
  await first.report({ deb_packages: [deb('bash')] });
  const second = await enrolHost(server, 'one');
  expect((await read<{ count: number }>(server, token, '/api/v1/fleet/hosts/count')).count).toBe(1);
  expect(Object.keys(await second.read())).toContain('fleet_detail_query_os_version:2');
});

test('a body that will never be taken answers without an error key, and the problem is on the host', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  const key = { authorization: `NodeKey ${host.nodeKey}` };
  const tooLarge = `{"node_key":"${host.nodeKey}","queries":{"x":[{"a":"${'x'.repeat(MOST_BYTES)}"}]}}`;
  const bomb = gzipSync(Buffer.alloc(MOST_BYTES + 1, ' '));
  const refused = [
    [await send(server, tooLarge, key), 413],
    [await send(server, bomb, { ...key, 'content-encoding': 'gzip' }), 413],
    [await send(server, '{"node_key": "', key), 400],
    [await send(server, gzipSync('{}').subarray(0, 12), { ...key, 'content-encoding': 'gzip' }), 400],
    [await send(server, JSON.stringify({ node_key: host.nodeKey, queries: [] })), 400],
    [await send(server, '[]'), 400],
  ] as const;
  for (const [response, status] of refused) {
    expect(response.statusCode).toBe(status);
    expect(response.json()).not.toHaveProperty('error');
    expect(response.json()).not.toHaveProperty('node_invalid');
  }
  const { problems } = await read<{ problems: { kind: string; count: number }[] }>(
    server,
    token,
    '/api/v1/flotilla/hosts/1/inventory',
  );
  expect(problems.map(({ kind, count }) => [kind, count]).sort()).toEqual([
    ['not readable', 1],
    ['not readable', 1],
    ['not readable', 1],
    ['too large', 2],
  ]);
  const unknown = await read<{ problems: object[] }>(server, token, '/api/v1/flotilla/problems');
  expect(unknown.problems).toMatchObject([{ kind: 'not readable', detail: 'not a JSON object', count: 1 }]);
});

test('10,000 rows are taken; one more and the part stays as it was', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  const rows = Array.from({ length: 10_001 }, (_, index) => deb(`package-${index}`));
  await host.read();
  expect((await host.write(answer(host, rows.slice(1)))).status).toBe(200);
  expect((await host.write(answer(host, rows))).status).toBe(200);
  const { parts } = await read<{ parts: object[] }>(server, token, '/api/v1/flotilla/hosts/1/inventory');
  expect(parts).toContainEqual(
    expect.objectContaining({ part: 'deb', software_count: 10_000, error: expect.stringContaining('10001 rows') }),
  );
});

test('a long answer that is no JSON fails its part, and nothing that came with it', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await host.read();
  const broken = `[{"name":"${'x'.repeat(2000)}" "version":"1"}]`;
  const python = 'fleet_detail_query_software_python:1';
  const payload = `{"node_key":"${host.nodeKey}","queries":{"${NAME}":${broken},"${python}":[]},"statuses":{"${NAME}":0,"${python}":0}}`;
  expect((await send(server, payload)).statusCode).toBe(200);
  const { parts } = await read<{ parts: object[] }>(server, token, '/api/v1/flotilla/hosts/1/inventory');
  expect(parts).toContainEqual(expect.objectContaining({ part: 'deb', error: 'rows are not a list in JSON' }));
  expect(parts).toContainEqual(expect.objectContaining({ part: 'python', software_count: 0, error: null }));
});

test('bytes that are not UTF-8 cost no inventory', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  const text = JSON.stringify(answer(host, [deb('caf\u00e9'), deb('bash')]));
  await host.read();
  expect((await send(server, Buffer.from(text, 'latin1'))).statusCode).toBe(200);
  const { software_titles } = await read<{ software_titles: { name: string }[] }>(
    server,
    token,
    '/api/v1/fleet/software/titles?order_key=name',
  );
  expect(software_titles.map(({ name }) => name)).toEqual(['bash', 'caf\uFFFD']);
});

test('answers of a failed and resent batch that come together with new ones are each counted once', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await host.read();
  const name = (part: string) => `fleet_detail_query_software_${part}:1`;
  const merged = {
    queries: { [name('deb')]: [deb('bash')], [name('npm')]: [{ name: 'npm', version: '11' }], fleet_label_query_3: [] },
    statuses: { [name('deb')]: 0, [name('npm')]: '0', fleet_label_query_3: 0 },
  };
  for (let time = 0; time < 3; time += 1) expect((await host.write(merged)).status).toBe(200);
  const { count } = await read<{ count: number }>(server, token, '/api/v1/fleet/software/titles');
  expect(count).toBe(2);
});

test('answers whose names carry no number are taken as they come', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await host.read();
  for (const version of ['1.0', '1.1']) {
    await host.write({
      queries: { fleet_detail_query_software_deb: [deb('bash', version)] },
      statuses: { fleet_detail_query_software_deb: 0 },
    });
  }
  const { software_titles } = await read<{ software_titles: { versions: { version: string }[] }[] }>(
    server,
    token,
    '/api/v1/fleet/software/titles',
  );
  expect(software_titles[0]?.versions.map(({ version }) => version)).toEqual(['1.1']);
});

test('while the database is away osquery is told to try again, and afterwards nothing is lost', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await host.read();
  const { db } = server.system;
  // Without its tables every statement fails, as it does when the database is gone.
  const { sql } = await import('kysely');
  await sql`alter schema inventory rename to away`.execute(db);
  const failed = await host.write(answer(host, [deb('bash')]));
  expect([failed.status, typeof failed.body.error]).toEqual([503, 'string']);
  await sql`alter schema away rename to inventory`.execute(db);
  expect((await host.write(answer(host, [deb('bash')]))).status).toBe(200);
  expect((await read<{ count: number }>(server, token, '/api/v1/fleet/software/titles')).count).toBe(1);
});

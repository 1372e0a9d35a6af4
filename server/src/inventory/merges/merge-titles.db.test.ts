import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSetUpDatabase } from '../../testing/set-up-database.ts';
import { deb, enrolHost, type TestHost } from '../../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../../testing/test-server.ts';
import { foldCounts } from '../fold-counts.ts';
import { checkSample, recount, recountTotals } from '../recount.ts';

const NONE = { title: 0, version: 0 };

interface Titles {
  count: number;
  software_titles: { id: number; name: string; hosts_count: number; versions_count: number }[];
}

const list = (server: TestServer, token: string) =>
  read<Titles>(server, token, '/api/v1/fleet/software/titles?order_key=name');

async function call(
  server: TestServer,
  token: string,
  of: { method: 'POST' | 'DELETE' | 'GET'; id: number; into?: number },
): Promise<{ status: number; body: { merged?: unknown; errors?: { name: string; reason: string }[] } }> {
  const url = `/api/v1/flotilla/software/titles/${of.id}/${of.method === 'GET' ? 'merges' : 'merge'}`;
  const response = await server.app.inject({
    method: of.method,
    url,
    headers: { authorization: `Bearer ${token}` },
    ...(of.into !== undefined && { payload: { into: of.into } }),
  });
  return { status: response.statusCode, body: response.json() };
}

async function threeHosts(server: TestServer): Promise<TestHost[]> {
  const reports = [
    [deb('code', '1.0'), deb('bash')],
    [deb('vscode', '1.0'), deb('vscode', '1.1')],
    [deb('code', '1.0'), deb('vscode', '1.1')],
  ];
  const hosts: TestHost[] = [];
  for (const [index, rows] of reports.entries()) {
    const host = await enrolHost(server, `host-${index}`);
    await host.report({ deb_packages: rows });
    hosts.push(host);
  }
  return hosts;
}

const names = ({ software_titles }: Titles) =>
  software_titles.map((title) => [title.name, title.hosts_count, title.versions_count]);
const idOf = ({ software_titles }: Titles, name: string) =>
  software_titles.find((title) => title.name === name)?.id ?? 0;

test('merged titles are one in all lists, counted exactly, and come apart again', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const hosts = await threeHosts(server);
  const before = await list(server, token);
  expect(names(before)).toEqual([
    ['bash', 1, 1],
    ['code', 2, 1],
    ['vscode', 2, 2],
  ]);
  const [code, vscode] = [idOf(before, 'code'), idOf(before, 'vscode')];
  const merged = await call(server, token, { method: 'POST', id: code, into: vscode });
  expect(merged).toMatchObject({ status: 200, body: { merged_into: { id: vscode, name: 'vscode' }, merged: [] } });
  const after = await list(server, token);
  expect(after.count).toBe(2);
  expect(names(after)).toEqual([
    ['bash', 1, 1],
    ['vscode', 3, 3],
  ]);
  expect(await recount(server.system, server.catalogue)).toEqual(NONE);

  // A host that knew the title before, and software that is new since.
  server.clock.forward(3700);
  await hosts[0]?.report({ deb_packages: [deb('code', '2.0'), deb('bash')] });
  expect(names(await list(server, token))).toEqual([
    ['bash', 1, 1],
    ['vscode', 3, 4],
  ]);
  expect(await recount(server.system, server.catalogue)).toEqual(NONE);
  expect((await call(server, token, { method: 'GET', id: vscode })).body.merged).toEqual([
    { id: code, name: 'code', source: 'deb_packages' },
  ]);

  expect((await call(server, token, { method: 'DELETE', id: code })).status).toBe(200);
  expect(names(await list(server, token))).toEqual([
    ['bash', 1, 1],
    ['code', 2, 2],
    ['vscode', 2, 2],
  ]);
  expect(await recount(server.system, server.catalogue)).toEqual(NONE);
  expect(await recountTotals(server.system)).toBe(0);
  const { activities } = await read<{ activities: { type: string; details: object }[] }>(
    server,
    token,
    '/api/v1/fleet/activities',
  );
  expect(activities.slice(0, 2).map((one) => one.type)).toEqual(['unmerged_software_title', 'merged_software_title']);
  expect(activities[0]?.details).toMatchObject({ software_title: 'code', into_software_title: 'vscode' });
});

test('what cannot be merged is refused with the reason and the remedy', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  await threeHosts(server);
  const all = await list(server, token);
  const [bash, code, vscode] = ['bash', 'code', 'vscode'].map((name) => idOf(all, name)) as [number, number, number];
  const system = await server.system.db
    .selectFrom('inventory.title')
    .select('id')
    .where('kind', '=', 'os')
    .executeTakeFirstOrThrow();
  const reason = async (of: Parameters<typeof call>[2]) => {
    const { status, body } = await call(server, token, of);
    return `${status} ${body.errors?.map((error) => `${error.name}: ${error.reason}`)}`;
  };
  expect(await reason({ method: 'POST', id: code, into: code })).toBe('422 into: must be another title');
  expect(await reason({ method: 'POST', id: code, into: 9999 })).toMatch(/^404 .*Software title 9999/);
  expect(await reason({ method: 'POST', id: code, into: system.id })).toMatch(/^422 into: .* is a system/);
  expect(await reason({ method: 'DELETE', id: code })).toBe('409 id: code is not merged into another title');
  await call(server, token, { method: 'POST', id: code, into: vscode });
  expect(await reason({ method: 'POST', id: code, into: bash })).toMatch(/^409 id: code is merged into title \d+/);
  expect(await reason({ method: 'POST', id: bash, into: code })).toMatch(/^409 into: code is merged into/);
  expect(await reason({ method: 'POST', id: vscode, into: bash })).toBe(
    '409 id: code is merged into it: undo that first',
  );
});

test('policies about a title are judged anew by a merge, and a title that policies or packages name is not merged away', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  await (await enrolHost(server, 'one')).report({ deb_packages: [deb('code', '1.0'), deb('bash')] });
  await (await enrolHost(server, 'two')).report({ deb_packages: [deb('vscode', '2.0')] });
  const all = await list(server, token);
  const [bash, code, vscode] = ['bash', 'code', 'vscode'].map((name) => idOf(all, name)) as [number, number, number];
  const rule = { software_title_id: vscode, minimum_version: '2.0' };
  const created = await server.app.inject({
    method: 'POST',
    url: '/api/v1/fleet/global/policies',
    headers: { authorization: `Bearer ${token}` },
    payload: { name: 'new enough', version_rule: rule },
  });
  expect(created.statusCode).toBe(200);
  const results = async () =>
    (
      await server.system.db
        .selectFrom('policies.policy_result')
        .select(['host_id', 'passes'])
        .orderBy('host_id')
        .execute()
    ).map((row) => [row.host_id, row.passes]);
  expect(await results()).toEqual([
    [1, true],
    [2, true],
  ]);
  await call(server, token, { method: 'POST', id: code, into: vscode });
  expect(await results()).toEqual([
    [1, false],
    [2, true],
  ]);
  await call(server, token, { method: 'DELETE', id: code });
  expect(await results()).toEqual([
    [1, true],
    [2, true],
  ]);
  const refused = await call(server, token, { method: 'POST', id: vscode, into: bash });
  expect([refused.status, refused.body.errors?.[0]?.reason]).toEqual([
    409,
    'vscode has policies: delete them first, or merge the other way round',
  ]);
});

const NAMES = ['a', 'b', 'c'] as const;
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      host: fc.nat(1),
      process: fc.nat(1),
      rows: fc.array(fc.option(fc.constantFrom('1', '2')), { minLength: NAMES.length, maxLength: NAMES.length }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('merge' as const), from: fc.nat(2), into: fc.nat(2), process: fc.nat(1) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), from: fc.nat(2), process: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fold' as const) }) },
);

test('whatever is reported, merged and undone on two processes, counts are the truth', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
      const endings: (() => Promise<void>)[] = [];
      const atEnd = (cleanUp: () => Promise<void>) => endings.push(cleanUp);
      try {
        const database = await createSetUpDatabase(atEnd);
        const servers = [await createTestServer({ database, atEnd }), await createTestServer({ database, atEnd })];
        const [first] = servers as [TestServer, TestServer];
        const token = await first.setUp();
        const hosts = [await enrolHost(first, 'one'), await enrolHost(first, 'two')];
        await hosts[0]?.report({ deb_packages: NAMES.map((name) => deb(name, '0')) });
        const all = await list(first, token);
        const ids = NAMES.map((name) => idOf(all, name));
        for (const one of steps) await play(one, { servers, hosts, token, ids });
        expect(await recount(first.system, first.catalogue)).toEqual(NONE);
        await foldCounts(first.system);
        expect(await recount(first.system, first.catalogue)).toEqual(NONE);
        expect(await checkSample(first.system)).toEqual(NONE);
        expect(await recountTotals(first.system)).toBe(0);
      } finally {
        for (const cleanUp of endings.reverse()) await cleanUp();
      }
    }),
    { numRuns: 4 },
  );
}, 120_000);

interface Scene {
  servers: TestServer[];
  hosts: TestHost[];
  token: string;
  ids: number[];
}

async function play(one: typeof step extends fc.Arbitrary<infer T> ? T : never, { servers, hosts, token, ids }: Scene) {
  const server = servers['process' in one ? one.process : 0] as TestServer;
  server.clock.forward(3700);
  if (one.kind === 'fold') await foldCounts(server.system);
  if (one.kind === 'merge') {
    await call(server, token, { method: 'POST', id: ids[one.from] ?? 0, into: ids[one.into] ?? 0 });
  }
  if (one.kind === 'undo') await call(server, token, { method: 'DELETE', id: ids[one.from] ?? 0 });
  if (one.kind !== 'report') return;
  const rows = one.rows.flatMap((version, index) => (version === null ? [] : [deb(NAMES[index] ?? '', version)]));
  await hosts[one.host]?.report({ deb_packages: rows });
}

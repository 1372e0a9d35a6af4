import { expect, test } from 'vitest';
import { deb, enrolHost, OS_DEBIAN } from '../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../testing/test-server.ts';
import { recount, recountTotals } from './recount.ts';

interface Titles {
  count: number;
  software_titles: { id: number; name: string; source: string; hosts_count: number; versions: { version: string }[] }[];
}
interface At {
  software: {
    name: string;
    version: string;
    kind: string;
    since: string;
    last_seen: string | null;
    gone: string | null;
  }[];
}

const titlesOf = async (server: TestServer, token: string) =>
  (await read<Titles>(server, token, '/api/v1/fleet/software/titles?per_page=100&order_key=name')).software_titles.map(
    (title) => [title.name, title.hosts_count, title.versions.map(({ version }) => version)] as const,
  );

async function refetch(server: TestServer, token: string, id = 1): Promise<void> {
  await server.app.inject({
    method: 'POST',
    url: `/api/v1/fleet/hosts/${id}/refetch`,
    headers: { authorization: `Bearer ${token}` },
  });
}

async function expectSound(server: TestServer): Promise<void> {
  expect(await recount(server.system, server.catalogue)).toEqual({ title: 0, version: 0 });
  expect(await recountTotals(server.system)).toBe(0);
}

test('the first inventory shows every package with its hosts, and a recount agrees', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const first = await enrolHost(server, 'one');
  await first.report({
    deb_packages: [deb('openssl', '3.0.11-1'), deb('bash', '5.2')],
    python_packages: [{ name: 'Jinja2', version: '3.1' }],
  });
  const second = await enrolHost(server, 'two');
  await second.report({ deb_packages: [deb('openssl', '3.0.13-1')] });
  expect(await titlesOf(server, token)).toEqual([
    ['bash', 1, ['5.2']],
    ['Jinja2', 1, ['3.1']],
    ['openssl', 2, ['3.0.11-1', '3.0.13-1']],
  ]);
  await expectSound(server);
});

test('software that appears and disappears leaves an interval, and the state before can still be asked', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  const start = server.clock.now.toISOString();
  await host.report({ deb_packages: [deb('bash')] });
  const steps: string[] = [];
  for (const debs of [[deb('bash'), deb('hello')], [deb('bash')]]) {
    server.clock.forward(600);
    steps.push(server.clock.now.toISOString());
    await refetch(server, token);
    await host.report({ deb_packages: debs });
  }
  const at = async (moment: string) =>
    (await read<At>(server, token, `/api/v1/flotilla/hosts/1/software-at?at=${moment}&per_page=100`)).software.filter(
      (row) => row.kind === 'normal',
    );
  expect((await at(start)).map((row) => row.name)).toEqual(['bash']);
  expect(await at(steps[0] ?? '')).toMatchObject([
    { name: 'bash', since: start, gone: null },
    { name: 'hello', since: steps[0], last_seen: steps[0], gone: steps[1] },
  ]);
  expect((await at(steps[1] ?? '')).map((row) => row.name)).toEqual(['bash']);
  const { events } = await read<{ events: object[] }>(server, token, '/api/v1/flotilla/hosts/1/timeline');
  expect(events).toMatchObject([
    {
      kind: 'software_changed',
      added_count: 0,
      removed_count: 1,
      changes: [{ name: 'hello', version: null, previous_version: '1.0-1' }],
    },
    {
      kind: 'software_changed',
      added_count: 1,
      removed_count: 0,
      changes: [{ name: 'hello', version: '1.0-1', previous_version: null }],
    },
    { kind: 'software_changed', updated_count: 0 },
    { kind: 'enrolled' },
  ]);
  await expectSound(server);
});

test('an inventory that is as before writes no row but the time it was received', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  const tables = { deb_packages: [deb('bash'), deb('openssl')] };
  await host.report(tables);
  const before = await read<{ host: Record<string, unknown> }>(server, token, '/api/v1/fleet/hosts/1');
  server.clock.forward(4000);
  await host.report({ deb_packages: [...tables.deb_packages].reverse() });
  const after = await read<{ host: Record<string, unknown> }>(server, token, '/api/v1/fleet/hosts/1');
  expect(after.host.software_updated_at).toBe(before.host.software_updated_at);
  expect(after.host.detail_updated_at).not.toBe(before.host.detail_updated_at);
  const { parts } = await read<{ parts: object[] }>(server, token, '/api/v1/flotilla/hosts/1/inventory');
  expect(parts).toContainEqual(expect.objectContaining({ part: 'deb', ok_at: server.clock.now.toISOString() }));
});

test('a part whose query failed changes nothing and shows why', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await host.report({ deb_packages: [deb('bash')] });
  const name = 'fleet_detail_query_software_deb:1';
  await host.write({
    queries: { [name]: [] },
    statuses: { [name]: 1 },
    messages: { [name]: 'distributed query is denylisted' },
  });
  expect(await titlesOf(server, token)).toEqual([['bash', 1, ['1.0-1']]]);
  const { parts } = await read<{ parts: object[] }>(server, token, '/api/v1/flotilla/hosts/1/inventory');
  expect(parts).toContainEqual(
    expect.objectContaining({ part: 'deb', error: 'distributed query is denylisted', software_count: 1 }),
  );
});

test('a part that shrinks by more than half and 20 rows waits for a second answer, which is asked at once', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  const many = Array.from({ length: 50 }, (_, index) => deb(`package-${index}`));
  await host.report({ deb_packages: many });
  server.clock.forward(4000);
  const name = (asked: number) => `fleet_detail_query_software_deb:${asked}`;
  await host.read();
  server.clock.forward(1);
  await host.write({ queries: { [name(2)]: [deb('package-1')] }, statuses: { [name(2)]: 0 } });
  expect((await titlesOf(server, token)).length).toBe(50);
  const { parts } = await read<{ parts: object[] }>(server, token, '/api/v1/flotilla/hosts/1/inventory');
  expect(parts).toContainEqual(expect.objectContaining({ part: 'deb', held: true }));
  // The hour is not over: the second answer is asked for because of the first.
  server.clock.forward(61);
  await host.report({ deb_packages: [deb('package-1')] });
  await host.report({ deb_packages: [deb('package-1')] });
  expect((await titlesOf(server, token)).map(([title]) => title)).toEqual(['package-1']);
  await expectSound(server);
});

test('an older answer that arrives late is dropped', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await host.report({ deb_packages: [deb('old')] });
  server.clock.forward(4000);
  await host.report({ deb_packages: [deb('new')] });
  const late = 'fleet_detail_query_software_deb:1';
  await host.write({ queries: { [late]: [deb('old')] }, statuses: { [late]: 0 } });
  expect((await titlesOf(server, token)).map(([title]) => title)).toEqual(['new']);
});

test('the same package on another release of the distribution is another software but the same version', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  for (const [identifier, version] of [
    ['twelve', '12 (bookworm)'],
    ['thirteen', '13 (trixie)'],
  ] as const) {
    const host = await enrolHost(server, identifier, { ...OS_DEBIAN, version });
    await host.report({ deb_packages: [deb('bash')] });
  }
  expect(await titlesOf(server, token)).toEqual([['bash', 2, ['1.0-1']]]);
  const { rows } = await countSoftware(server);
  expect(rows).toEqual([{ software: 2 }]);
});

test('after an upgrade of the distribution the packages that stayed have neither left nor come', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await host.report({ deb_packages: [deb('bash')] });
  server.clock.forward(4000);
  await host.report({ deb_packages: [deb('bash')], os_version: [{ ...OS_DEBIAN, version: '13 (trixie)' }] });
  const { events } = await read<{ events: { changes: { name: string }[] }[] }>(
    server,
    token,
    '/api/v1/flotilla/hosts/1/timeline',
  );
  expect(events[0]?.changes.map(({ name }) => name)).toEqual(['Debian GNU/Linux']);
  await expectSound(server);
});

test('rows that cannot be understood are counted and shown, and the others are kept', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  const name = 'fleet_detail_query_software_deb:1';
  await host.read();
  await host.write({
    queries: {
      [name]: [
        deb('bash\0'),
        deb(''),
        deb('x'.repeat(1_000_000)),
        { name: 7 },
        deb('b\uFFFDd'),
        deb('<script>alert(1)</script>'),
      ],
    },
    statuses: { [name]: 0 },
  });
  const { parts } = await read<{ parts: { part: string; problems: { reason: string; count: number }[] }[] }>(
    server,
    token,
    '/api/v1/flotilla/hosts/1/inventory',
  );
  expect(parts.find(({ part }) => part === 'deb')?.problems.map(({ reason, count }) => [reason, count])).toEqual([
    ['no name', 1],
    ['a value of over 64 KiB', 1],
    ['not an object of texts', 1],
    ['bytes that are not UTF-8, replaced', 1],
  ]);
  expect((await titlesOf(server, token)).map(([title]) => title)).toEqual([
    '<script>alert(1)</script>',
    'bash',
    'b\uFFFDd',
  ]);
});

const countSoftware = (server: TestServer) =>
  server.system.db
    .selectFrom('inventory.software')
    .where('kind', '=', 'normal')
    .select((select) => select.fn.countAll<number>().as('software'))
    .execute()
    .then((rows) => ({ rows }));

test('versions are found by a part of their title and by the start of their own text', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await host.report({ deb_packages: [deb('openssl', '3.0.11-1'), deb('libssl3', '3.0.11-1'), deb('bash', '5.2_1')] });
  const found = async (query: string, order = 'hosts_count') => {
    const answer = await read<{ count: number; software: { name: string }[] }>(
      server,
      token,
      `/api/v1/fleet/software/versions?query=${query}&order_key=${order}`,
    );
    expect(answer.count).toBe(answer.software.length);
    return answer.software.map(({ name }) => name).sort();
  };
  expect(await found('SSL')).toEqual(['libssl3', 'openssl']);
  expect(await found('3.0.', 'name')).toEqual(['libssl3', 'openssl']);
  expect(await found('0.11')).toEqual([]);
  expect(await found('5.2_')).toEqual(['bash']);
  expect(await found('%25')).toEqual([]);
});

test('an update of an rpm package that changes its release alone is told as one', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const os = { ...OS_DEBIAN, name: 'AlmaLinux', platform: 'almalinux', version: '9.4', codename: '' };
  const host = await enrolHost(server, 'one', os);
  const rpm = (release: string) => ({ name: 'bash', version: '5.1.8', release, arch: 'x86_64', vendor: 'AlmaLinux' });
  await host.report({ rpm_packages: [rpm('6.el9')] });
  server.clock.forward(4000);
  await host.report({ rpm_packages: [rpm('9.el9')] });
  const { events } = await read<{ events: object[] }>(server, token, '/api/v1/flotilla/hosts/1/timeline');
  expect(events[0]).toMatchObject({
    updated_count: 1,
    changes: [{ version: '5.1.8-9.el9', previous_version: '5.1.8-6.el9' }],
  });
});

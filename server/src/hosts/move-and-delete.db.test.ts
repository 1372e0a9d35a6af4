import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { foldCounts, recount } from '../inventory/index.ts';
import { ensureAudience } from '../kernel/counters/audience.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { addFleet, callAs, signIn } from '../testing/people.ts';
import { deb, enrolHost, type TestHost } from '../testing/test-host.ts';
import { createTestServer, PERSON, read, type TestServer } from '../testing/test-server.ts';
import { foldVulnerabilityCounts, recountAll } from '../vulnerabilities/index.ts';
import { expireHosts } from './expire-hosts.ts';

interface Sums {
  fleet_id: number;
  key: number;
  hosts: number;
}

const TABLES = [
  ['inventory.title_fleet', 'title_id'],
  ['inventory.version_fleet', 'version_id'],
  ['vulnerabilities.vulnerability_fleet', 'vulnerability_id'],
] as const;

/** Each counter of an audience is the sum of those of its fleets. */
async function compareAudience({ system }: TestServer, audience: number, fleets: number[]): Promise<void> {
  for (const [table, key] of TABLES) {
    const { rows } = await sql<Sums>`
      select fleet_id, ${sql.ref(key)} as key, hosts from ${sql.table(table)} where hosts <> 0`.execute(system.db);
    const sums = new Map<number, number>();
    for (const row of rows.filter((one) => fleets.includes(one.fleet_id))) {
      sums.set(row.key, (sums.get(row.key) ?? 0) + row.hosts);
    }
    const counted = rows.filter((row) => row.fleet_id === audience).map((row) => [row.key, row.hosts]);
    expect(new Map(counted as [number, number][])).toEqual(sums);
  }
}

/** Every software of an odd id has a vulnerability of its own, and one that it shares with the others. */
async function addFindings({ system }: TestServer): Promise<void> {
  await inTransaction(system, async (tx) => {
    const software = await tx.selectFrom('inventory.software').select('id').execute();
    await tx
      .insertInto('vulnerabilities.vulnerability')
      .values(['CVE-2026-1', 'CVE-2026-2'].map((name) => ({ name })))
      .execute();
    const odd = software.filter(({ id }) => id % 2 === 1);
    await tx
      .insertInto('vulnerabilities.finding')
      .values(
        odd.flatMap(({ id }) =>
          [1, ...(id % 3 === 0 ? [2] : [])].map((vulnerability_id) => ({
            software_id: id,
            vulnerability_id,
            verdict: 'affected',
            is_active: true,
            body: '{}',
            since: new Date(),
          })),
        ),
      )
      .execute();
    await tx
      .insertInto('vulnerabilities.publication')
      .values({ at: new Date(), software_ids: software.map(({ id }) => id) })
      .execute();
  });
  await recountAll(system);
  await foldVulnerabilityCounts(system);
}

const HOSTS = 4;
const NAMES = ['bash', 'curl', 'openssl', 'zlib', 'sed'];
const hosts = fc.subarray([...Array(HOSTS).keys()], { minLength: 1 });
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('report' as const), host: fc.nat(HOSTS - 1), names: fc.subarray(NAMES) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('move' as const), hosts, to: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), hosts }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fold' as const) }) },
);

test('whatever hosts report, wherever they go and whoever is deleted, every counter is what a recount says', async () => {
  const server = await createTestServer();
  const { system, catalogue } = server;
  const call = callAs(server, await server.setUp());
  const fleets = [0, await addFleet(call, 'A'), await addFleet(call, 'B')];
  const audience = await inTransaction(system, (tx) => ensureAudience(tx, fleets.slice(1)));
  const names = [...Array(HOSTS).keys()].map((number) => `host-${number}`);
  const all: TestHost[] = [];
  for (const name of names) all.push(await enrolHost(server, name));
  await all[0]?.report({ deb_packages: NAMES.map((name) => deb(name)) });
  await addFindings(server);
  const idOf = async (index: number) =>
    (await call('GET', `/hosts/identifier/host-${index}`)).body?.host?.id as number | undefined;
  const play = {
    report: async ({ host, names: some }: { host: number; names: string[] }) => {
      if ((await idOf(host)) === undefined) all[host] = await enrolHost(server, `host-${host}`);
      server.clock.forward(4_000);
      await all[host]?.report({ deb_packages: some.map((name) => deb(name)) });
    },
    ids: async (some: number[]) => (await Promise.all(some.map(idOf))).filter((id) => id !== undefined),
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 6 }), async (steps) => {
      for (const one of steps) {
        if (one.kind === 'report') await play.report(one);
        if (one.kind === 'fold') await foldCounts(system);
        if (one.kind === 'move' || one.kind === 'delete') {
          const ids = await play.ids(one.hosts);
          if (ids.length === 0) continue;
          const change = one.kind === 'move' ? { hosts: ids, fleet_id: fleets[one.to] } : { ids };
          expect((await call('POST', one.kind === 'move' ? '/hosts/transfer' : '/hosts/delete', change)).status).toBe(
            200,
          );
        }
        // Deltas that are not folded yet are part of the count.
        expect(await recount(system, catalogue)).toEqual({ title: 0, version: 0 });
        expect(await recountAll(system)).toBe(0);
      }
      await foldCounts(system);
      await foldVulnerabilityCounts(system);
      await compareAudience(server, audience ?? 0, fleets.slice(1));
    }),
    { numRuns: 5 },
  );
}, 240_000);

test('a transfer keeps where a host was, takes what is not about it any more, and is written down', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const call = callAs(server, token);
  const fleet = await addFleet(call, 'A');
  const host = await enrolHost(server, 'one');
  await call('POST', '/fleets/0/policies', { name: 'Only of no fleet', query: 'SELECT 1 FROM deb_packages' });
  await host.report({ deb_packages: [deb('bash')] });
  const { id } = (await call('GET', '/hosts/identifier/one')).body.host;
  server.clock.forward(60);
  expect((await call('POST', '/hosts/transfer', { fleet_id: fleet, hosts: [id] })).status).toBe(200);
  const { body } = await call('GET', `/hosts/${id}`);
  expect(body.host).toMatchObject({
    fleet_id: fleet,
    team_name: 'A',
    issues: { failing_policies_count: 0 },
    policies: [],
  });
  const stored = await server.system.db.selectFrom('policies.policy_result').selectAll().execute();
  expect(stored).toEqual([]);
  const past = await server.system.db.selectFrom('hosts.host_fleet_past').selectAll().execute();
  expect(past).toMatchObject([{ host_id: id, fleet_id: 0, until: server.clock.now }]);
  const { activities } = await read<{ activities: { type: string; details: object }[] }>(
    server,
    token,
    '/api/v1/fleet/activities?order_key=id&order_direction=desc',
  );
  expect(activities.find((one) => one.type === 'transferred_hosts')?.details).toMatchObject({
    fleet_id: fleet,
    host_ids: [id],
  });
  const titles = await read<{ software_titles: { name: string }[] }>(
    server,
    token,
    `/api/v1/fleet/software/titles?fleet_id=${fleet}`,
  );
  expect(titles.software_titles.map((title) => title.name)).toContain('bash');
  expect((await call('POST', '/hosts/transfer', { fleet_id: 999, hosts: [id] })).status).toBe(404);
  expect((await call('POST', '/hosts/transfer/filter', { fleet_id: null, filters: { fleet_id: fleet } })).status).toBe(
    200,
  );
  expect((await call('GET', `/hosts/${id}`)).body.host.fleet_id).toBeNull();
});

test('a deleted host is gone with its key, and has its record and its past back when it enrols again', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const call = callAs(server, token);
  const host = await enrolHost(server, 'one');
  await host.report({ deb_packages: [deb('bash')] });
  const { id, created_at } = (await call('GET', '/hosts/identifier/one')).body.host;
  server.clock.forward(60);
  expect((await call('DELETE', `/hosts/${id}`)).status).toBe(200);
  expect((await call('DELETE', `/hosts/${id}`)).status).toBe(404);
  expect((await call('GET', '/hosts/count')).body.count).toBe(0);
  expect((await host.write({ queries: {}, statuses: {} })).body).toMatchObject({ node_invalid: true });
  const titles = await read<{ count: number }>(server, token, '/api/v1/fleet/software/titles');
  expect(titles.count).toBe(0);
  server.clock.forward(60);
  const again = await enrolHost(server, 'one');
  await again.report({ deb_packages: [deb('bash', '2.0-1')] });
  const back = (await call('GET', '/hosts/identifier/one')).body.host;
  expect(back).toMatchObject({ id, created_at });
  expect(back.software).toContainEqual(expect.objectContaining({ name: 'bash', version: '2.0-1' }));
  const past = await server.system.db.selectFrom('inventory.host_software_past').select('host_id').execute();
  expect(past.length).toBeGreaterThan(0);
});

test('hosts that say nothing for longer than their fleet allows are deleted, and no others', async () => {
  const server = await createTestServer();
  let call = callAs(server, await server.setUp());
  const { id, secrets } = (await call('POST', '/fleets', { name: 'A' })).body.team;
  await enrolHost({ ...server, enrolSecret: secrets[0].secret }, 'silent');
  await enrolHost(server, 'elsewhere');
  server.clock.forward(31 * 86_400);
  // Sessions of people end sooner.
  call = callAs(server, await signIn(server, PERSON.email));
  await expireHosts(server.system);
  expect((await call('GET', '/hosts/count')).body.count).toBe(2);
  const setting = { host_expiry_enabled: true, host_expiry_window: 30 };
  await call('PATCH', `/fleets/${id}`, { host_expiry_settings: setting });
  await enrolHost({ ...server, enrolSecret: secrets[0].secret }, 'heard');
  await expireHosts(server.system);
  const { hosts: left } = (await call('GET', '/hosts?order_key=hostname')).body;
  expect(left.map((host: { hostname: string }) => host.hostname)).toEqual(['elsewhere', 'heard']);
  const { activities } = (await call('GET', '/activities?activity_type=deleted_host')).body;
  expect(activities[0].details).toMatchObject({
    host_display_name: 'silent',
    triggered_by: 'expiration',
    host_expiry_window: 30,
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSetUpDatabase } from '../testing/set-up-database.ts';
import { deb, enrolHost, post, type TestHost } from '../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../testing/test-server.ts';
import { foldCounts } from './fold-counts.ts';
import { checkSample, recount, recountTotals } from './recount.ts';

const PACKAGES = ['bash', 'curl', 'openssl', 'zlib'] as const;
const VERSIONS = ['1.0', '2.0'] as const;
const HOSTS = 3;

/** What a host reports: a version or none of each package. */
const inventory = fc.array(fc.option(fc.constantFrom(...VERSIONS)), {
  minLength: PACKAGES.length,
  maxLength: PACKAGES.length,
});
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      host: fc.nat(HOSTS - 1),
      process: fc.nat(1),
      rows: inventory,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('late' as const),
      host: fc.nat(HOSTS - 1),
      process: fc.nat(1),
      rows: inventory,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fold' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const toRows = (versions: (string | null)[]) =>
  versions.flatMap((version, index) => (version === null ? [] : [deb(PACKAGES[index] ?? '', version)]));
const toNames = (versions: (string | null)[]) =>
  versions.flatMap((version, index) => (version === null ? [] : [`${PACKAGES[index]} ${version}`])).sort();

interface Moment {
  at: string;
  hosts: string[][];
}

/** Plays the steps on two processes over one database. @returns what was true after each */
async function play(steps: readonly Step[], servers: TestServer[], hosts: TestHost[]): Promise<Moment[]> {
  const now: string[][] = hosts.map(() => []);
  const asked = hosts.map(() => 1);
  const recorded = hosts.map(() => 0);
  const history: Moment[] = [];
  for (const one of steps) {
    for (const server of servers) server.clock.forward(1);
    const [first] = servers;
    if (!first) throw new Error('no server');
    if (one.kind === 'fold') {
      await foldCounts(first.system);
      continue;
    }
    const number = one.kind === 'late' ? (asked[one.host] ?? 1) - 1 : (asked[one.host] ?? 1) + 1;
    // A number that was never asked counts as the latest, so the test asks it.
    await first.system.db
      .updateTable('hosts.host')
      .set({ inventory_asked: Math.max(number, asked[one.host] ?? 1) })
      .where('id', '=', one.host + 1)
      .execute();
    for (const server of servers) server.system.nudges.send([one.host + 1]);
    const name = `fleet_detail_query_software_deb:${number}`;
    const server = servers[one.process] ?? first;
    const { status } = await post(server, '/api/osquery/distributed/write', {
      node_key: hosts[one.host]?.nodeKey,
      queries: { [name]: toRows(one.rows) },
      statuses: { [name]: 0 },
    });
    expect(status).toBe(200);
    asked[one.host] = Math.max(number, asked[one.host] ?? 1);
    if (number < (recorded[one.host] ?? 0)) continue;
    recorded[one.host] = number;
    now[one.host] = toNames(one.rows);
    history.push({ at: server.clock.now.toISOString(), hosts: now.map((names) => [...names]) });
  }
  return history;
}

test('after any history of reports the counts are the truth, and every moment of it can be asked again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const endings: (() => Promise<void>)[] = [];
      const atEnd = (cleanUp: () => Promise<void>) => endings.push(cleanUp);
      try {
        const database = await createSetUpDatabase(atEnd);
        const servers = [await createTestServer({ database, atEnd }), await createTestServer({ database, atEnd })];
        const [first] = servers as [TestServer, TestServer];
        const token = await first.setUp();
        const hosts: TestHost[] = [];
        for (let host = 0; host < HOSTS; host += 1) hosts.push(await enrolHost(first, `host-${host}`));
        const history = await play(steps, servers, hosts);
        expect(await recount(first.system, first.catalogue)).toEqual({ title: 0, version: 0 });
        await foldCounts(first.system);
        expect(await recount(first.system, first.catalogue)).toEqual({ title: 0, version: 0 });
        expect(await checkSample(first.system)).toEqual({ title: 0, version: 0 });
        expect(await recountTotals(first.system)).toBe(0);
        for (const moment of history) {
          for (const [index, names] of moment.hosts.entries()) {
            expect([moment.at, await namesAt(first, token, { host: index + 1, at: moment.at })]).toEqual([
              moment.at,
              names,
            ]);
          }
        }
      } finally {
        for (const cleanUp of endings.reverse()) await cleanUp();
      }
    }),
    { numRuns: 8 },
  );
}, 120_000);

async function namesAt(
  server: TestServer,
  token: string,
  { host, at }: { host: number; at: string },
): Promise<string[]> {
  const { software } = await read<{ software: { name: string; version: string }[] }>(
    server,
    token,
    `/api/v1/flotilla/hosts/${host}/software-at?at=${at}&per_page=100`,
  );
  return software.map(({ name, version }) => `${name} ${version}`).sort();
}

test('a count that went wrong is found by the recount and repaired', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  const host = await enrolHost(server, 'one');
  await host.report({ deb_packages: [deb('bash'), deb('curl')] });
  await foldCounts(server.system);
  await server.system.db.updateTable('inventory.title_fleet').set({ hosts: 7 }).where('title_id', '=', 3).execute();
  expect((await recount(server.system, server.catalogue)).title).toBe(2);
  const titles = await read<{ software_titles: { hosts_count: number }[] }>(
    server,
    token,
    '/api/v1/fleet/software/titles',
  );
  expect(titles.software_titles.map((title) => title.hosts_count)).toEqual([1, 1]);
});

test('reports of one host that reach two processes at once leave what the newest says', async () => {
  const database = await createSetUpDatabase();
  const servers = [await createTestServer({ database }), await createTestServer({ database })] as const;
  const token = await servers[0].setUp();
  const host = await enrolHost(servers[0], 'one');
  await database.db.updateTable('hosts.host').set({ inventory_asked: 20 }).execute();
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      const name = `fleet_detail_query_software_deb:${index + 1}`;
      return post(servers[index % 2] ?? servers[0], '/api/osquery/distributed/write', {
        node_key: host.nodeKey,
        queries: { [name]: [deb('bash', `${index + 1}`), deb(`only-${index}`)] },
        statuses: { [name]: 0 },
      });
    }),
  );
  const at = servers[0].clock.now.toISOString();
  expect(await namesAt(servers[0], token, { host: 1, at })).toEqual(['bash 20', 'only-19 1.0-1']);
  expect(await recount(servers[0].system, servers[0].catalogue)).toEqual({ title: 0, version: 0 });
});

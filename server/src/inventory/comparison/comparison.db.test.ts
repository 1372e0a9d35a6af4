import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deb, enrolHost, type TestHost } from '../../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../../testing/test-server.ts';
import { compareHost } from './compare-host.ts';
import { foldChanges } from './fold-changes.ts';
import { listSoftwareChanges } from './list-changes.ts';
import { listPastHosts } from './list-hosts-at.ts';

const NAMES = ['bash', 'curl', 'zlib'] as const;
const HOSTS = 2;
const DAY = 86_400;

const step = fc.record({
  host: fc.nat(HOSTS - 1),
  hours: fc.integer({ min: 2, max: 40 }),
  fold: fc.boolean(),
  rows: fc.array(fc.option(fc.constantFrom('1.0', '2.0')), { minLength: NAMES.length, maxLength: NAMES.length }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What was on each host from a moment on, as `name version`. */
interface Moment {
  at: Date;
  hosts: Set<string>[];
}

async function play(server: TestServer, hosts: TestHost[], steps: readonly Step[]): Promise<Moment[]> {
  const now = hosts.map(() => new Set<string>());
  const history: Moment[] = [{ at: new Date(server.clock.now.getTime() - 1), hosts: now.map((set) => new Set(set)) }];
  for (const { host, hours, fold, rows } of steps) {
    server.clock.forward(hours * 3600);
    const named = rows.flatMap((version, index) => (version === null ? [] : [[NAMES[index] ?? '', version] as const]));
    await hosts[host]?.report({ deb_packages: named.map(([name, version]) => deb(name, version)) });
    now[host] = new Set(named.map(([name, version]) => `${name} ${version}`));
    history.push({ at: server.clock.now, hosts: now.map((set) => new Set(set)) });
    if (fold) await foldChanges(server.system);
  }
  return history;
}

async function versionIds({ system }: TestServer): Promise<Map<string, number>> {
  const rows = await system.db.selectFrom('inventory.version').select(['id', 'name', 'version']).execute();
  return new Map(rows.map((row) => [`${row.name} ${row.version}`, row.id]));
}

const without = (a: Set<string>, b: Set<string>) => [...a].filter((one) => !b.has(one)).sort();

test('every past moment equals the replay: who had a version, how a host differs, what changed in between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      const endings: (() => Promise<void>)[] = [];
      try {
        const server = await createTestServer({ atEnd: (cleanUp) => endings.push(cleanUp) });
        const hosts: TestHost[] = [];
        for (let host = 0; host < HOSTS; host += 1) hosts.push(await enrolHost(server, `host-${host}`));
        const history = await play(server, hosts, steps);
        const ids = await versionIds(server);
        await checkHosts(server, history, ids);
        await checkDifferences(server, history);
        await checkSums(server, history);
      } finally {
        for (const cleanUp of endings.reverse()) await cleanUp();
      }
    }),
    { numRuns: 4 },
  );
}, 120_000);

async function checkHosts({ system }: TestServer, history: Moment[], ids: Map<string, number>): Promise<void> {
  for (const { at, hosts } of history) {
    for (const [name, versionId] of ids) {
      if (!NAMES.some((one) => name.startsWith(one))) continue;
      const answer = await listPastHosts(system, { versionId }, { at: at.toISOString() });
      const had = hosts.flatMap((set, index) => (set.has(name) ? index + 1 : []));
      expect([at, name, answer.hosts.map((host) => host.host_id)]).toEqual([at, name, had]);
      expect(answer.count).toBe(had.length);
    }
  }
}

async function checkDifferences({ system }: TestServer, history: Moment[]): Promise<void> {
  const [first] = history as [Moment];
  for (const [index, { at, hosts }] of history.entries()) {
    const from = history[Math.floor(index / 2)] ?? first;
    for (let host = 0; host < HOSTS; host += 1) {
      const [before, after] = [from.hosts[host] as Set<string>, hosts[host] as Set<string>];
      const range = { from: from.at.toISOString(), to: at.toISOString() };
      const { changes } = await compareHost(system, host + 1, range);
      const shown = changes.filter((change) => change.kind === 'normal');
      const names = (of: 'version' | 'previous_version') =>
        shown.flatMap((change) => (change[of] === null ? [] : `${change.name} ${change[of]}`)).sort();
      expect(names('version')).toEqual(without(after, before));
      expect(names('previous_version')).toEqual(without(before, after));
    }
  }
}

/** Over all days: how often it came less how often it left is what is there. */
async function checkSums({ system, clock }: TestServer, history: Moment[]): Promise<void> {
  const range = { from: '2026-03-01', to: clock.now.toISOString().slice(0, 10), per_page: 100 };
  const { versions } = await listSoftwareChanges(system, range);
  const sums = new Map(versions.map((row) => [`${row.name} ${row.version}`, [row.opened, row.closed]]));
  const expected = new Map<string, [number, number]>();
  for (const [index, moment] of history.entries()) {
    for (const [host, after] of moment.hosts.entries()) {
      const before = history[index - 1]?.hosts[host] ?? new Set();
      for (const name of without(after, before)) bump(expected, name, 0);
      for (const name of without(before, after)) bump(expected, name, 1);
    }
  }
  expect(sums).toEqual(expected);
}

function bump(sums: Map<string, [number, number]>, name: string, place: 0 | 1): void {
  const sum = sums.get(name) ?? [0, 0];
  sum[place] += 1;
  sums.set(name, sum);
}

test('changes are told by day and fleet, folded or not, and say what they cannot tell', async () => {
  const server = await createTestServer();
  const host = await enrolHost(server, 'one');
  await host.report({ deb_packages: [deb('bash', '1.0'), deb('curl')] });
  await foldChanges(server.system);
  server.clock.forward(DAY);
  await host.report({ deb_packages: [deb('bash', '2.0'), deb('curl')] });
  const changed = async (from: string, to: string, more: object = {}) => {
    const { versions, count } = await listSoftwareChanges(server.system, { from, to, ...more });
    return [count, versions.map((row) => `${row.name} ${row.version} +${row.opened} -${row.closed}`)];
  };
  const onSecond = [2, ['bash 1.0 +0 -1', 'bash 2.0 +1 -0']];
  expect(await changed('2026-03-02', '2026-03-02')).toEqual(onSecond);
  expect(await changed('2026-03-01', '2026-03-02')).toEqual([
    3,
    ['bash 1.0 +1 -1', 'curl 1.0-1 +1 -0', 'bash 2.0 +1 -0'],
  ]);
  expect(await changed('2026-03-01', '2026-03-02', { fleet_id: 0, query: 'cur' })).toEqual([1, ['curl 1.0-1 +1 -0']]);
  await foldChanges(server.system);
  expect(await changed('2026-03-02', '2026-03-02')).toEqual(onSecond);
  expect((await listSoftwareChanges(server.system, { from: '2026-03-01' })).note).toContain('Labels have no past');
});

test('a host counts for the fleet it was in then, and is shown to those who may read it now', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  await (await enrolHost(server, 'one')).report({ deb_packages: [deb('bash', '1.0')] });
  const { db, clock } = server.system;
  const before = clock();
  server.clock.forward(DAY);
  await db.updateTable('hosts.host').set({ fleet_id: 7, fleet_since: clock() }).execute();
  await db
    .insertInto('hosts.host_fleet_past')
    .values({ host_id: 1, fleet_id: 0, since: new Date(before.getTime() - DAY * 1000), until: clock() })
    .execute();
  const versionId = (await versionIds(server)).get('bash 1.0') ?? 0;
  const hosts = async (query: { at?: string; fleet_id?: number }) =>
    (await listPastHosts(server.system, { versionId }, query)).hosts.map((host) => [host.host_id, host.fleet_id]);
  expect(await hosts({ at: before.toISOString() })).toEqual([[1, null]]);
  expect(await hosts({ at: before.toISOString(), fleet_id: 0 })).toEqual([[1, null]]);
  expect(await hosts({})).toEqual([[1, 7]]);
  expect(await hosts({ fleet_id: 0 })).toEqual([]);
  const reader = {
    kind: 'person',
    id: 2,
    name: 'Bo',
    email: 'bo@example.org',
    apiOnly: false,
    mustResetPassword: false,
    role: null,
  } as const;
  const asked = {
    ...server.system,
    actor: { ...reader, fleetRoles: new Map([[8, 'observer'] as const]), audienceId: 8 },
  };
  expect((await listPastHosts(asked, { versionId }, {})).hosts).toEqual([]);
  const titles = await read<{ software_titles: { id: number }[] }>(server, token, '/api/v1/fleet/software/titles');
  expect(
    await read(server, token, `/api/v1/flotilla/software/titles/${titles.software_titles[0]?.id}/hosts`),
  ).toMatchObject({ count: 1, hosts: [{ host_id: 1, versions: ['1.0'], gone: null, deleted: false }] });
});

test('days that no calendar has and spans that run backwards are refused', async () => {
  const { system } = await createTestServer();
  await expect(listSoftwareChanges(system, { from: '2026-02-30' })).rejects.toMatchObject({ code: 'bad_request' });
  await expect(listSoftwareChanges(system, { from: '2026-03-02', to: '2026-03-01' })).rejects.toMatchObject({
    fields: [{ name: 'from', reason: 'must not be after to' }],
  });
  await expect(listPastHosts(system, { versionId: 99 }, {})).rejects.toMatchObject({ code: 'not_found' });
});

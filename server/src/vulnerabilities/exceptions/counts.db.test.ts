import type { Advisory } from '@flotilla/engine/advisories/advisory';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ensureAudience } from '../../kernel/counters/audience.ts';
import { inTransaction } from '../../kernel/db/database.ts';
import { addFleet, type Call, callAs } from '../../testing/people.ts';
import { type Pair, readPairs } from '../../testing/queries/excepted-pairs.ts';
import { deb, enrolHost, type TestHost } from '../../testing/test-host.ts';
import { createTestServer, type TestServer } from '../../testing/test-server.ts';
import { foldVulnerabilityCounts } from '../fold-counts.ts';
import { judgeWanted } from '../match-software.ts';
import { recountAll } from '../recount.ts';
import { storeFeed } from '../store-feed.ts';
import { settleExceptions } from './settle.ts';

const FEED = 'debian-security-tracker';
const NAMES = ['bash', 'curl', 'openssl'] as const;
const CVES = ['CVE-2024-0001', 'CVE-2024-0002'] as const;
const HOSTS = 3;
const LABELS = ['Kiosks', 'Labs'];

async function* items(pairs: (readonly [string, string])[]) {
  for (const [cve, name] of pairs) {
    const affected = { key: `deb:debian-12:${name}`, scheme: 'dpkg', statement: 'ranges', ranges: [{}] } as const;
    const advisory: Advisory = {
      ...{ feed: FEED, id: `${cve} ${name}`, vulnerabilities: [cve], aliases: [] },
      affected: [{ ...affected, ranges: [{}] }],
    };
    yield { advisory };
  }
}

/** Hosts by counter, fleet and vulnerability, of all fleets (-1), of each, and of an audience. */
function modelOf(pairs: Pair[], audience: { id: number; fleets: number[] }): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const ofHost of Map.groupBy(pairs, (pair) => `${pair.host_id} ${pair.key}`).values()) {
    const [{ fleet_id, key } = { fleet_id: 0, key: 0 }] = ofHost;
    const kind = ofHost.every((pair) => pair.is_excepted) ? 'accepted' : 'open';
    const fleets = [-1, fleet_id, ...(audience.fleets.includes(fleet_id) ? [audience.id] : [])];
    for (const fleet of fleets) counts[`${kind} ${fleet} ${key}`] = (counts[`${kind} ${fleet} ${key}`] ?? 0) + 1;
  }
  return counts;
}

async function readCounters({ system }: TestServer): Promise<Record<string, number>> {
  await foldVulnerabilityCounts(system);
  const { rows } = await sql<{ name: string; hosts: number }>`
    select 'open ' || fleet_id || ' ' || vulnerability_id as name, hosts from vulnerabilities.vulnerability_fleet where hosts <> 0
    union all
    select 'accepted ' || fleet_id || ' ' || vulnerability_id, hosts from vulnerabilities.accepted_fleet where hosts <> 0`.execute(
    system.db,
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.hosts]));
}

const host = fc.nat(HOSTS - 1);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('report' as const), host, names: fc.subarray([...NAMES]) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      pairs: fc.uniqueArray(fc.tuple(fc.constantFrom(...CVES), fc.constantFrom(...NAMES)), {
        selector: String,
        minLength: 3,
      }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      cve: fc.option(fc.constantFrom(...CVES)),
      software: fc.constantFrom('none', 'title', 'version'),
      name: fc.constantFrom(...NAMES),
      scope: fc.constantFrom('everything', 'fleet_id', 'label_id', 'host_id'),
      place: fc.nat(2),
      seconds: fc.option(fc.constantFrom(5_000, 20_000)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), host, to: fc.nat(2) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('label' as const), host, label: fc.nat(1), isOn: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), host }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function createWorld() {
  const server = await createTestServer();
  const { system } = server;
  const call = callAs(server, await server.setUp());
  const fleets = [0, await addFleet(call, 'A'), await addFleet(call, 'B')];
  const id = (await inTransaction(system, (tx) => ensureAudience(tx, fleets.slice(1)))) ?? 0;
  const hosts: TestHost[] = [];
  for (let number = 0; number < HOSTS; number += 1) hosts.push(await enrolHost(server, `host-${number}`));
  await hosts[0]?.report({ deb_packages: NAMES.map((name) => deb(name)) });
  await storeFeed(system, FEED, items(CVES.flatMap((cve) => NAMES.map((name) => [cve, name] as const))));
  await judgeWanted(system);
  for (const name of LABELS) await call('POST', '/labels', { name, hosts: [] });
  const { rows: labels } = await sql<{ id: number }>`
    select id from hosts.label where name = any(${LABELS}::text[]) order by name`.execute(system.db);
  const { rows: versions } = await sql<{ name: string; id: number; title_id: number }>`
    select name, id, title_id from inventory.version where name = any(${[...NAMES]}::text[])`.execute(system.db);
  const world = { server, call, fleets, hosts, labels: labels.map((row) => row.id), versions };
  return { server, audience: { id, fleets: fleets.slice(1) }, play: (one: Step) => play(world, one) };
}

interface World {
  server: TestServer;
  call: Call;
  fleets: number[];
  hosts: TestHost[];
  labels: number[];
  versions: { name: string; id: number; title_id: number }[];
}

const idOf = async ({ call }: World, index: number): Promise<number | undefined> =>
  (await call('GET', `/hosts/identifier/host-${index}`)).body?.host?.id;

async function play(world: World, one: Step): Promise<void> {
  const { server, call, fleets } = world;
  const { system, clock } = server;
  if (one.kind === 'report') return report(world, one);
  if (one.kind === 'create') return create(world, one);
  if (one.kind === 'end') return end(world, one.which);
  if (one.kind === 'publish') {
    await storeFeed(system, FEED, items(one.pairs));
    return void (await judgeWanted(system));
  }
  if (one.kind === 'wait') {
    clock.forward(6_000);
    return settleExceptions(system);
  }
  const id = await idOf(world, one.host);
  if (id === undefined) return;
  if (one.kind === 'move') await call('POST', '/hosts/transfer', { hosts: [id], fleet_id: fleets[one.to] || null });
  if (one.kind === 'delete') await call('POST', '/hosts/delete', { ids: [id] });
  if (one.kind === 'label')
    await call(one.isOn ? 'POST' : 'DELETE', `/hosts/${id}/labels`, { labels: [LABELS[one.label]] });
}

async function report(world: World, { host: index, names }: { host: number; names: string[] }): Promise<void> {
  const { server, hosts } = world;
  if ((await idOf(world, index)) === undefined) hosts[index] = await enrolHost(server, `host-${index}`);
  server.clock.forward(4_000);
  await hosts[index]?.report({ deb_packages: names.map((name) => deb(name)) });
  await judgeWanted(server.system);
}

async function create(world: World, one: Extract<Step, { kind: 'create' }>): Promise<void> {
  const { server, call, fleets, labels, versions } = world;
  const version = versions.find((row) => row.name === one.name);
  const place = {
    everything: {},
    fleet_id: { fleet_id: fleets[one.place] },
    label_id: { label_id: labels[one.place % 2] },
    host_id: { host_id: await idOf(world, one.place) },
  }[one.scope];
  const { status } = await call('POST', '/api/v1/flotilla/exceptions', {
    ...{ status: 'false_positive', reason: 'x', cve: one.cve, ...place },
    ...(one.software === 'title' && { title_id: version?.title_id }),
    ...(one.software === 'version' && { version_id: version?.id }),
    until: one.seconds && new Date(server.clock.now.getTime() + one.seconds * 1000).toISOString(),
  });
  // One about nothing is refused.
  expect([200, 422]).toContain(status);
}

async function end({ server, call }: World, which: number): Promise<void> {
  const { rows: living } = await sql<{ id: number }>`
    select id from vulnerabilities.exception where state <> 'ended' order by id`.execute(server.system.db);
  const one = living[which % Math.max(living.length, 1)];
  if (one) await call('POST', `/api/v1/flotilla/exceptions/${one.id}/end`);
}

test('whatever comes, goes, is judged, excepted, moved or labelled: every counter is what a naive count and a recount say', async () => {
  const { server, audience, play } = await createWorld();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
      for (const one of steps) {
        await play(one);
        expect(await readCounters(server)).toEqual(modelOf(await readPairs(server), audience));
        expect(await recountAll(server.system)).toBe(0);
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
}, 240_000);

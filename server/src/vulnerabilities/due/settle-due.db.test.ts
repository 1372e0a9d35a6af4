import { dueAt } from '@flotilla/engine/decisions/due-policy';
import type { SlaRule } from '@flotilla/engine/decisions/sla';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addFleet, type Call, callAs } from '../../testing/people.ts';
import { readPairs } from '../../testing/queries/excepted-pairs.ts';
import { deb, enrolHost, type TestHost } from '../../testing/test-host.ts';
import { createTestServer, read, type TestServer } from '../../testing/test-server.ts';
import { settleExceptions } from '../exceptions/settle.ts';
import { judgeWanted } from '../match-software.ts';
import { storeFeed } from '../store-feed.ts';
import { refreshLabelExposure } from './internet-exposure.ts';
import { dueTimeOf, URGENT_DAYS } from './rate.ts';

const FEED = 'debian-security-tracker';
const CVES = ['CVE-2024-0001', 'CVE-2024-0002', 'CVE-2024-0003'] as const;
const NAMES = ['bash', 'curl', 'openssl'] as const;

type Stated = [cve: string, name: string, fixed: string | null];

async function arrive(server: TestServer, stated: readonly Stated[]): Promise<void> {
  async function* items() {
    for (const [cve, name, fixed] of stated) {
      const ranges = [fixed === null ? {} : { fixed }];
      const affected = [{ key: `deb:debian-12:${name}`, scheme: 'dpkg', statement: 'ranges', ranges } as const];
      yield { advisory: { feed: FEED, id: `${cve} ${name}`, vulnerabilities: [cve], aliases: [], affected } };
    }
  }
  await storeFeed(server.system, FEED, items());
  await judgeWanted(server.system);
}

/** What is known of how bad they are. */
async function tell(server: TestServer, facts: Partial<Record<string, Told>>): Promise<void> {
  async function* items() {
    for (const cve of CVES) {
      const { exploited, isAutomatable, impact, rating } = facts[cve] ?? {};
      const told = {
        ...(exploited && { exploitation: { since: exploited, due: null, inRansomware: false } }),
        ...(isAutomatable !== undefined && impact && { ssvc: { isAutomatable, technicalImpact: impact } }),
        ...(rating && { severity: { rating } }),
      };
      yield { advisory: { feed: 'cisa-kev', id: cve, vulnerabilities: [cve], aliases: [], affected: [], ...told } };
    }
  }
  await storeFeed(server.system, 'cisa-kev', items());
  await judgeWanted(server.system);
}
interface Told {
  exploited?: string;
  isAutomatable?: boolean;
  impact?: 'partial' | 'total';
  rating?: string;
}

async function report(server: TestServer, host: TestHost, packages: readonly (readonly [string, string])[]) {
  await host.report({ deb_packages: packages.map(([name, version]) => deb(name, version)) });
  await judgeWanted(server.system);
}

/** Sessions of people would end while weeks pass. */
async function programToken(server: TestServer): Promise<string> {
  const admin = callAs(server, await server.setUp());
  const program = { name: 'program', email: 'program@example.org', api_only: true, global_role: 'admin' };
  return (await admin('POST', '/users/admin', program)).body.token;
}

interface Due {
  host_id: number;
  cve: string;
  since: string;
  due: string;
}

async function stored({ system }: TestServer): Promise<Due[]> {
  const { rows } = await sql<{ host_id: number; cve: string; since: Date; due: Date }>`
    select due.host_id, vulnerability.name as cve, due.since, due.due from vulnerabilities.host_due as due
    join vulnerabilities.vulnerability as vulnerability on vulnerability.id = due.vulnerability_id order by 1, 2`.execute(
    system.db,
  );
  return rows.map((row) => ({ ...row, since: row.since.toISOString(), due: row.due.toISOString() }));
}

const HOUR_MS = 3_600_000;

/** The same from whole histories, one pair after the other, in no hurry. */
async function naive(server: TestServer): Promise<Due[]> {
  const { db } = server.system;
  const counting = new Set(
    (await readPairs(server)).filter((one) => !one.is_excepted).map((one) => `${one.host_id} ${one.key}`),
  );
  const { rows } = await sql<{ host_id: number; id: number; cve: string; since: Date; until: Date | null }>`
    select have.host_id, vulnerability.id, vulnerability.name as cve, greatest(have.since, found.since) as since,
      nullif(least(have.until, found.until), 'infinity') as until
    from (select host_id, software_id, since, 'infinity'::timestamptz as until from inventory.host_software
      union all select host_id, software_id, since, gone from inventory.host_software_past) as have
    join (select software_id, vulnerability_id, since, 'infinity'::timestamptz as until from vulnerabilities.finding where is_active
      union all select software_id, vulnerability_id, since, closed_at from vulnerabilities.finding_past where is_active) as found
      using (software_id)
    join vulnerabilities.vulnerability as vulnerability on vulnerability.id = found.vulnerability_id
    where greatest(have.since, found.since) < least(have.until, found.until) order by 1, 3, 4`.execute(db);
  const facts = await sql<Parameters<typeof dueTimeOf>[0] & { id: number }>`
    select id, severity, null::real as probability, exploited_since, exploited_due, is_automatable, technical_impact,
      exists (select from vulnerabilities.told where feed = 'cisa-kev') as is_listed from vulnerabilities.vulnerability`.execute(
    db,
  );
  const hosts = await db.selectFrom('hosts.host').select(['id', 'fleet_id', 'deleted_at']).execute();
  const slas = await db.selectFrom('vulnerabilities.sla').selectAll().execute();
  const fleets = await db.selectFrom('vulnerabilities.exposed_fleet').selectAll().execute();
  const labels = await sql<{ host_id: number; is_exposed: boolean }>`
    select host_id, is_exposed from vulnerabilities.exposed_label join hosts.host_label using (label_id)`.execute(db);
  const due: Due[] = [];
  for (const [, spans] of Map.groupBy(rows, (row) => `${row.host_id} ${row.cve}`)) {
    let [since, until] = [0, Number.NEGATIVE_INFINITY];
    for (const span of spans) {
      if (span.since.getTime() > until + HOUR_MS) since = span.since.getTime();
      until = Math.max(until, span.until?.getTime() ?? Number.POSITIVE_INFINITY);
    }
    const [{ host_id, cve, id } = { host_id: 0, cve: '', id: 0 }] = spans;
    const host = hosts.find((one) => one.id === host_id);
    const fact = facts.rows.find((one) => one.id === id);
    if (until !== Number.POSITIVE_INFINITY || !host || host.deleted_at || !fact) continue;
    if (!counting.has(`${host_id} ${id}`)) continue;
    const sla = slas.find((one) => one.fleet_id === (host.fleet_id ?? 0)) ?? slas.find((one) => one.fleet_id === -1);
    const said = [
      ...fleets.filter((one) => one.fleet_id === (host.fleet_id ?? 0)),
      ...labels.rows.filter((one) => one.host_id === host_id),
    ].map((one) => one.is_exposed);
    const isAssetExposed = said.length === 0 ? null : said.includes(true);
    const time = dueTimeOf(fact, { rules: (sla?.rules as unknown as SlaRule[]) ?? null, isAssetExposed });
    if (![time.days, time.usualDays].some((days) => days !== null && days <= URGENT_DAYS)) continue;
    const from = new Date(since).toISOString();
    const at = dueAt(time, from, fact.exploited_since?.toISOString() ?? null);
    if (at) due.push({ host_id, cve, since: from, due: at });
  }
  return due.sort((a, b) => a.host_id - b.host_id || (a.cve < b.cve ? -1 : 1));
}

test('the time of a host runs on from one vulnerable version to another, and ends with the fix', async () => {
  const server = await createTestServer();
  const token = await programToken(server);
  await arrive(server, [['CVE-2024-0001', 'openssl', '3.0-1']]);
  await tell(server, { 'CVE-2024-0001': { rating: 'critical' } });
  const host = await enrolHost(server, 'one');
  await report(server, host, [['openssl', '1.0-1']]);
  const [first] = await stored(server);
  server.clock.forward(86_400);
  await report(server, host, [['openssl', '2.0-1']]);
  expect(await stored(server)).toEqual([first]);
  expect(Date.parse(first?.due ?? '') - Date.parse(first?.since ?? '')).toBe(30 * 24 * HOUR_MS);
  const get = (path: string) => read<object>(server, token, `/api/v1/flotilla${path}`);
  expect(await get('/due')).toMatchObject({ overdue: { findings: 0 }, is_settled: true });
  server.clock.forward(29.5 * 86_400);
  expect(await get('/due')).toMatchObject({ overdue: { findings: 1, hosts: 1, vulnerabilities: 1 } });
  expect(await get('/due/hosts')).toMatchObject({ count: 1, hosts: [{ host_id: 1, overdue: 1 }] });
  expect(await get('/due/vulnerabilities?host_id=1')).toMatchObject({ vulnerabilities: [{ cve: 'CVE-2024-0001' }] });
  await report(server, host, [['openssl', '3.0-1']]);
  expect(await stored(server)).toEqual([]);
  expect(await get('/due/hosts')).toMatchObject({ count: 0, hosts: [] });
  expect(await get('/figures')).toMatchObject({
    open: 0,
    fixing: [{ severity: 'critical', fixed: 1, within_time: 0, median_hours: 30.5 * 24 }],
  });
  const before = new Date(server.clock.now.getTime() - 86_400_000).toISOString();
  expect(await get(`/figures?at=${before}`)).toMatchObject({ open: 1, fixing: [] });
  expect(await get(`/hosts/1/vulnerabilities?at=${before}`)).toMatchObject({
    vulnerabilities: [{ cve: 'CVE-2024-0001', name: 'openssl', version: '2.0-1' }],
  });
});

test('behind an exception nothing is due and nothing counts as fixed, and the time goes on from where it began', async () => {
  const server = await createTestServer();
  const admin = callAs(server, await programToken(server));
  await arrive(server, [['CVE-2024-0001', 'openssl', '3.0-1']]);
  await tell(server, { 'CVE-2024-0001': { rating: 'critical' } });
  const host = await enrolHost(server, 'one');
  await report(server, host, [['openssl', '1.0-1']]);
  const first = await stored(server);
  expect(first).toHaveLength(1);
  const path = '/api/v1/flotilla/exceptions';
  const about = { cve: 'CVE-2024-0001', status: 'accepted', reason: 'x', host_id: 1 };
  const { exception } = (await admin('POST', path, about)).body;
  expect(await stored(server)).toEqual([]);
  server.clock.forward(86_400);
  await report(server, host, [['openssl', '2.0-1']]);
  expect(await stored(server)).toEqual([]);
  expect((await admin('GET', '/api/v1/flotilla/figures')).body).toMatchObject({ open: 0, fixing: [] });
  await admin('POST', `${path}/${exception.id}/end`);
  expect(await stored(server)).toEqual(first);
});

const version = fc.constantFrom('1.0-1', '2.0-1', '3.0-1');
const told: fc.Arbitrary<Told> = fc.record(
  {
    exploited: fc.constantFrom('2026-01-05', '2026-02-20'),
    isAutomatable: fc.boolean(),
    impact: fc.constantFrom('partial' as const, 'total' as const),
    rating: fc.constantFrom('critical', 'high', 'low'),
  },
  { requiredKeys: [] },
);
const sla = fc.option(
  fc.constantFrom([{ days: 7 }], [{ minimumSeverity: 'high', days: 20 }], [{ isKnownExploited: true, days: 2 }]),
);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      host: fc.nat(2),
      packages: fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), version), { selector: ([name]) => name }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('feed' as const),
      stated: fc.uniqueArray(fc.tuple(fc.constantFrom(...CVES), fc.constantFrom(...NAMES), fc.option(version)), {
        selector: ([cve, name]) => `${cve} ${name}`,
        maxLength: 5,
      }),
    }),
  },
  fc.record({
    kind: fc.constant('told' as const),
    facts: fc.tuple(told, told, told),
  }),
  fc.record({ kind: fc.constant('sla' as const), fleet: fc.nat(2), rules: sla }),
  fc.record({ kind: fc.constant('exposed' as const), fleet: fc.nat(1), is_exposed: fc.option(fc.boolean()) }),
  fc.record({
    kind: fc.constant('label' as const),
    hosts: fc.subarray([1, 2, 3]),
    is_exposed: fc.option(fc.boolean()),
  }),
  fc.record({ kind: fc.constant('move' as const), host: fc.nat(2), fleet: fc.nat(1) }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('except' as const),
      cve: fc.constantFrom(...CVES),
      scope: fc.constantFrom('everything', 'fleet_id', 'label_id', 'host_id'),
      place: fc.nat(2),
      hours: fc.option(fc.constantFrom(2, 40)),
    }),
  },
  fc.record({ kind: fc.constant('end' as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.constantFrom(0.5, 30, 400) }),
  fc.record({ kind: fc.constant('delete' as const), host: fc.constant(2) }),
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface Excepting extends Omit<Extract<Step, { kind: 'except' }>, 'kind'> {
  fleets: number[];
  label: number;
}

async function except(server: TestServer, call: Call, { cve, scope, place, hours, fleets, label }: Excepting) {
  const where = {
    everything: {},
    fleet_id: { fleet_id: fleets[place % 2] },
    label_id: { label_id: label },
    host_id: { host_id: place + 1 },
  }[scope];
  const until = hours && new Date(server.clock.now.getTime() + hours * HOUR_MS).toISOString();
  // A vulnerability that nothing told of yet, or a host that is gone, is refused.
  const { status } = await call('POST', '/api/v1/flotilla/exceptions', {
    ...{ cve, status: 'accepted', reason: 'x', until, ...where },
  });
  expect([200, 404]).toContain(status);
}

async function endOne(call: Call, which: number) {
  const living = (await call('GET', '/api/v1/flotilla/exceptions?state=active')).body.exceptions;
  const { id } = living[which % Math.max(living.length, 1)] ?? {};
  if (id === undefined) return;
  expect((await call('POST', `/api/v1/flotilla/exceptions/${id}/end`)).status).toBe(200);
}

test('after any history the due dates are those of working all of it out anew', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 20 }), async (steps) => {
      const endings: (() => Promise<void>)[] = [];
      try {
        const server = await createTestServer({ atEnd: (cleanUp) => endings.push(cleanUp) });
        const admin = callAs(server, await programToken(server));
        const fleets = [0, await addFleet(admin, 'Mine')];
        const label = (await admin('POST', '/labels', { name: 'reachable', hosts: [] })).body.label?.id;
        const hosts: TestHost[] = [];
        for (const name of ['one', 'two', 'three']) hosts.push(await enrolHost(server, name));
        const ask = async (...asked: Parameters<typeof admin>) => {
          const { status, body } = await admin(...asked);
          if (status >= 300) throw new Error(`${asked[1]}: ${status} ${JSON.stringify(body)}`);
        };
        let isDeleted = false;
        const apply = async (one: Step) => {
          if (one.kind === 'report' && !(isDeleted && one.host === 2))
            await report(server, hosts[one.host] as TestHost, one.packages);
          if (one.kind === 'feed') await arrive(server, one.stated);
          if (one.kind === 'told')
            await tell(server, Object.fromEntries(CVES.map((cve, place) => [cve, one.facts[place] ?? {}])));
          if (one.kind === 'sla') {
            const of = one.fleet === 2 ? '' : `?fleet_id=${fleets[one.fleet]}`;
            await ask('PUT', `/api/v1/flotilla/sla${of}`, { rules: one.rules });
          }
          if (one.kind === 'exposed')
            await ask('PUT', `/api/v1/flotilla/fleets/${fleets[one.fleet]}/internet-exposure`, {
              is_exposed: one.is_exposed,
            });
          if (one.kind === 'label') {
            await ask('PUT', `/api/v1/flotilla/labels/${label}/internet-exposure`, { is_exposed: one.is_exposed });
            await sql`delete from hosts.label_member where label_id = ${label}`.execute(server.system.db);
            await sql`insert into hosts.label_member (label_id, host_id, since)
              select ${label}, id, now() from hosts.host where id = any(${one.hosts}::int[]) and deleted_at is null`.execute(
              server.system.db,
            );
          }
          if (one.kind === 'move' && !(isDeleted && one.host === 2))
            await ask('POST', '/hosts/transfer', { hosts: [one.host + 1], fleet_id: fleets[one.fleet] || null });
          if (one.kind === 'except') await except(server, admin, { ...one, fleets, label });
          if (one.kind === 'end') await endOne(admin, one.which);
          if (one.kind === 'wait') server.clock.forward(one.hours * 3600);
          if (one.kind === 'delete') {
            isDeleted = true;
            await admin('DELETE', `/hosts/${one.host + 1}`);
          }
        };
        for (const one of steps) {
          server.clock.forward(4000);
          await apply(one);
          await settleExceptions(server.system);
          await refreshLabelExposure(server.system);
          await judgeWanted(server.system);
          expect(await stored(server)).toEqual(await naive(server));
        }
      } finally {
        for (const cleanUp of endings.reverse()) await cleanUp();
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
}, 300_000);

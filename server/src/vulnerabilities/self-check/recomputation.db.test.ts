import type { Advisory } from '@flotilla/engine/advisories/advisory';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import type { AtEnd } from '../../kernel/testing/test-database.ts';
import { createSetUpDatabase } from '../../testing/set-up-database.ts';
import { deb, enrolHost, type TestHost } from '../../testing/test-host.ts';
import { createTestServer, type TestServer } from '../../testing/test-server.ts';
import { foldVulnerabilityCounts } from '../fold-counts.ts';
import { judgeWanted } from '../match-software.ts';
import { wantJudged } from '../queries/judging.ts';
import { readCheck } from '../queries/self-check.ts';
import { recountAll } from '../recount.ts';
import { rejudge } from '../rejudge.ts';
import { storeFeed } from '../store-feed.ts';
import { checkFindings } from './check-findings.ts';

const NAMES = ['bash', 'curl', 'openssl'] as const;
const CVES = ['CVE-2024-0001', 'CVE-2024-0002', 'CVE-2024-0003'] as const;
const FEEDS = ['debian-security-tracker', 'osv-debian'] as const;
const LOW = 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:L';
const HIGH = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';

interface Stated {
  cve: (typeof CVES)[number];
  name: (typeof NAMES)[number];
  fixed: string | null;
  remark: 'unimportant' | null;
}

const stating = (feed: string, { cve, name, fixed, remark }: Stated): Advisory => ({
  ...{ feed, id: `${cve} ${name}`, vulnerabilities: [cve], aliases: [] },
  affected: [
    {
      ...{ key: `deb:debian-12:${name}`, scheme: 'dpkg', statement: 'ranges' },
      ranges: [fixed === null ? {} : { fixed }],
      ...(remark && { remark }),
    },
  ],
});

const telling = (feed: string, cve: string, more: Partial<Advisory>): Advisory => ({
  ...{ feed, id: cve, vulnerabilities: [cve], aliases: [], affected: [], ...more },
});

async function* items(advisories: Advisory[]) {
  for (const advisory of advisories) yield { advisory };
}

const version = fc.constantFrom('1.0-1', '2.0-1', '3.0-1');
const some = <T>(each: fc.Arbitrary<T>, of: (one: T) => unknown) =>
  fc.uniqueArray(each, { selector: of, maxLength: 5 });
const cve = fc.constantFrom(...CVES);
const stated = fc.record<Stated>({
  ...{ cve, name: fc.constantFrom(...NAMES), fixed: fc.option(version) },
  remark: fc.constantFrom('unimportant' as const, null, null),
});
const is = <const T extends string>(kind: T) => fc.constant(kind);
const rated = fc.tuple(
  cve,
  fc.constantFrom(LOW, HIGH),
  fc.constantFrom('2024-03-01T00:00:00Z', '2026-02-20T00:00:00Z'),
);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: is('report'),
      host: fc.nat(2),
      packages: some(fc.tuple(fc.constantFrom(...NAMES), version), ([name]) => name),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: is('advisories'),
      feed: fc.constantFrom(...FEEDS),
      all: some(stated, (one) => `${one.cve} ${one.name}`),
    }),
  },
  fc.record({ kind: is('ratings'), all: some(rated, ([name]) => name) }),
  fc.record({ kind: is('likelihoods'), all: some(fc.tuple(cve, fc.constantFrom(0.1, 0.5, 0.9)), ([name]) => name) }),
  fc.record({ kind: is('exploited'), all: some(cve, String) }),
  fc.record({ kind: is('merge'), from: fc.constantFrom(...NAMES), into: fc.constantFrom(...NAMES) }),
  fc.record({ kind: is('unmerge'), from: fc.constantFrom(...NAMES) }),
  fc.record({ kind: is('judge') }),
  fc.record({ kind: is('restart') }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A server that may be started anew on its database; nothing it had in memory is then left. */
async function createScene(atEnd: AtEnd) {
  const database = await createSetUpDatabase(atEnd);
  let now = await createTestServer({ database, atEnd });
  const front = { ...now, app: { inject: (given: object) => now.app.inject(given) } } as unknown as TestServer;
  const hosts: TestHost[] = [];
  for (const name of ['one', 'two', 'three']) hosts.push(await enrolHost(front, name));
  return {
    system: () => now.system,
    async report(place: number, packages: (readonly [string, string])[]) {
      now.clock.forward(4000);
      await hosts[place]?.report({ deb_packages: packages.map(([name, of]) => deb(name, of)) });
    },
    /** As things are it may be refused: then nothing happens. */
    async merge(method: 'POST' | 'DELETE', from: string, into?: string) {
      const ids = await sql<{ id: number }>`
        select id from inventory.title where name = any(${[from, into ?? from]}) order by name <> ${from}`.execute(
        database.db,
      );
      const [title, target] = ids.rows;
      const headers = { authorization: `Bearer ${await now.setUp()}` };
      const payload = method === 'POST' && { payload: { into: target?.id ?? 0 } };
      const url = `/api/v1/flotilla/software/titles/${title?.id ?? 0}/merge`;
      const { statusCode } = await now.app.inject({ method, url, headers, ...payload });
      expect(statusCode).toBeLessThan(500);
    },
    async restart() {
      const next = await createTestServer({ database, atEnd });
      next.clock.now = now.clock.now;
      now = next;
    },
  };
}
type Scene = Awaited<ReturnType<typeof createScene>>;

/** Judging is a step of its own, so that much may come before it. */
async function take({ system, report, merge, restart }: Scene, one: Step): Promise<unknown> {
  const store = (feed: string, all: Advisory[]) => storeFeed(system(), feed, items(all));
  switch (one.kind) {
    case 'report':
      return report(one.host, one.packages);
    case 'advisories':
      return store(
        one.feed,
        one.all.map((each) => stating(one.feed, each)),
      );
    case 'ratings':
      return store(
        'nvd',
        one.all.map(([name, cvss3, published]) => telling('nvd', name, { severity: { cvss3 }, facts: { published } })),
      );
    case 'likelihoods':
      return store(
        'epss',
        one.all.map(([name, probability]) => telling('epss', name, { likelihood: { probability, percentile: 0.5 } })),
      );
    case 'exploited': {
      const exploitation = { since: '2024-02-01', due: '2024-02-22', inRansomware: false };
      return store(
        'cisa-kev',
        one.all.map((name) => telling('cisa-kev', name, { exploitation })),
      );
    }
    case 'merge':
      return merge('POST', one.from, one.into);
    case 'unmerge':
      return merge('DELETE', one.from);
    case 'judge':
      return judgeWanted(system());
    case 'restart':
      return restart();
  }
}

/** All that judging leads to, but the times. */
async function dump(system: TestServer['system']) {
  await foldVulnerabilityCounts(system);
  const read = async (query: ReturnType<typeof sql<{ row: object }>>) => (await query.execute(system.db)).rows;
  return {
    findings: await read(sql`select software_id, vulnerability_id, verdict, is_active, fix_version, remark, body
      from vulnerabilities.finding order by 1, 2`),
    risk: await read(sql`select * from vulnerabilities.version_risk order by version_id`),
    counts: await read(sql`select fleet_id, vulnerability_id, hosts from vulnerabilities.vulnerability_fleet
      where hosts <> 0 order by 1, 2`),
    judged: await read(sql`select software_id, not_judged, detail from vulnerabilities.software_judged order by 1`),
  };
}

async function forgetAll({ db }: TestServer['system']): Promise<void> {
  await sql`truncate vulnerabilities.finding, vulnerabilities.version_risk, vulnerabilities.vulnerability_fleet,
    vulnerabilities.software_judged, vulnerabilities.software_key`.execute(db);
}

test('after any history, findings, figures and counts are those of judging everything anew', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
      const endings: (() => Promise<void>)[] = [];
      try {
        const scene = await createScene((cleanUp) => void endings.push(cleanUp));
        for (const one of steps) await take(scene, one);
        await judgeWanted(scene.system());
        const before = await dump(scene.system());
        expect(await recountAll(scene.system())).toBe(0);
        expect(await checkFindings(scene.system())).toBe(0);
        await forgetAll(scene.system());
        await scene.restart();
        await rejudge(scene.system(), () => {});
        expect(await dump(scene.system())).toEqual(before);
      } finally {
        for (const cleanUp of endings.reverse()) await cleanUp();
      }
    }),
    { numRuns: Number(process.env.FLOTILLA_PROPERTY_RUNS ?? 12) },
  );
}, 600_000);

async function sound() {
  const scene = await createScene(onTestFinished);
  await scene.report(0, [
    ['openssl', '1.0-1'],
    ['curl', '1.0-1'],
  ]);
  const about = { name: 'openssl', fixed: null, remark: null } as const;
  const all = CVES.map((name) => stating(FEEDS[0], { ...about, cve: name }));
  await storeFeed(scene.system(), FEEDS[0], items(all));
  await judgeWanted(scene.system());
  return scene.system();
}

test('a finding that is gone, changed or made up is found by the self-check, told, and put right', async () => {
  const system = await sound();
  const before = await dump(system);
  await sql`delete from vulnerabilities.finding where vulnerability_id = (
    select min(vulnerability_id) from vulnerabilities.finding)`.execute(system.db);
  await sql`update vulnerabilities.finding set body = body || '{"print": "another"}' where vulnerability_id = (
    select max(vulnerability_id) from vulnerabilities.finding)`.execute(system.db);
  await sql`insert into vulnerabilities.finding select other.id, vulnerability_id, verdict, is_active, fix_version, remark, body, since
    from vulnerabilities.finding, inventory.software as other
    where other.id not in (select software_id from vulnerabilities.finding) limit 1`.execute(system.db);
  await sql`update vulnerabilities.version_risk set cvss = 3`.execute(system.db);
  expect(await checkFindings(system)).toBe(2);
  expect(await readCheck(system.db)).toMatchObject({ drifted: 2, after_software_id: 0 });
  await judgeWanted(system);
  await recountAll(system);
  expect(await dump(system)).toEqual(before);
  expect(await checkFindings(system)).toBe(0);
});

test('the self-check goes on the next night where it ended, and leaves alone what waits to be judged', async () => {
  const system = await sound();
  const { rows } = await sql<{ id: number }>`select id from inventory.software order by id`.execute(system.db);
  await checkFindings(system, rows.length - 1);
  expect(await readCheck(system.db)).toMatchObject({ software: rows.length - 1, after_software_id: rows.at(-2)?.id });
  await wantJudged(system.db, [rows.at(-1)?.id ?? 0], { why: 'test', at: system.clock() });
  await sql`update vulnerabilities.software_judged set not_judged = 'another'`.execute(system.db);
  expect(await checkFindings(system, 10)).toBe(0);
  expect(await readCheck(system.db)).toMatchObject({ software: rows.length - 1, after_software_id: 0 });
});

test('judging everything anew goes on where it was stopped, and lets new software pass', async () => {
  const system = await sound();
  const before = await dump(system);
  const stopped = rejudge(system, (waiting) => {
    if (waiting > 0) throw new Error('stopped');
  });
  await expect(stopped).rejects.toThrow('stopped');
  const waits: number[] = [];
  const { isResumed } = await rejudge(system, (waiting) => void waits.push(waiting));
  expect(isResumed).toBe(true);
  expect(waits.at(-1)).toBe(0);
  expect(await dump(system)).toEqual(before);
});

test('software is told to be unjudged from when no feed speaks of its distribution any more', async () => {
  const system = await sound();
  await storeFeed(system, FEEDS[0], items([]));
  await judgeWanted(system);
  expect(await checkFindings(system)).toBe(0);
  const { judged } = await dump(system);
  expect(judged).toContainEqual(expect.objectContaining({ not_judged: 'no_advisories' }));
  expect(judged).not.toContainEqual(expect.objectContaining({ not_judged: null }));
});

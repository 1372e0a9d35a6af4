import type { Advisory } from '@flotilla/engine/advisories/advisory';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { callAs } from '../../testing/people.ts';
import { deb, enrolHost } from '../../testing/test-host.ts';
import { createTestServer, type TestServer } from '../../testing/test-server.ts';
import { settleExceptions } from '../exceptions/settle.ts';
import { judgeWanted } from '../match-software.ts';
import { storeFeed } from '../store-feed.ts';
import { refreshActions } from './refresh-actions.ts';

const FEED = 'debian-security-tracker';
const sources = ['openssl', 'curl'];
const fixes = [null, '1.5-1', '2.5-1', '3.5-1'] as const;

type Step =
  | { kind: 'report'; source: string; version: number }
  | { kind: 'told'; fixes: (string | null)[] }
  | { kind: 'likely'; probability: number }
  | { kind: 'except'; cve: number; hours: number | null }
  | { kind: 'table'; days: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('report' as const),
    source: fc.constantFrom(...sources),
    version: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('told' as const),
    fixes: fc.array(fc.constantFrom(...fixes), { minLength: 3, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('likely' as const), probability: fc.constantFrom(0.1, 0.9) }),
  fc.record({
    kind: fc.constant('except' as const),
    cve: fc.nat(2),
    hours: fc.option(fc.constantFrom(0.5, 2)),
  }),
  fc.record({ kind: fc.constant('table' as const), days: fc.constantFrom(3, 10) }),
);

/** The first and the last vulnerability are of openssl, the second is of curl. */
const advisories = (told: (string | null)[]): Advisory[] =>
  told.map((fixed, index) => {
    const cve = `CVE-2024-000${index}`;
    const ranges = [fixed === null ? {} : { fixed }];
    const key = `deb:debian-12:${sources[index % 2]}`;
    const affected = { key, scheme: 'dpkg' as const, statement: 'ranges' as const, ranges };
    return { feed: FEED, id: cve, vulnerabilities: [cve], aliases: [], affected: [affected] };
  });

const store = (server: TestServer, feed: string, all: Advisory[]) =>
  storeFeed(
    server.system,
    feed,
    (async function* () {
      for (const advisory of all) yield { advisory };
    })(),
  );

async function stored({ system: { db } }: TestServer) {
  const { rows } = await sql`
    select action.key, action.fix_version, version.name, version.version, risk.findings, risk.kept, risk.exploited, risk.exposure, risk.due_at
    from vulnerabilities.action_version as risk join vulnerabilities.action as action on action.id = risk.action_id
    join inventory.version as version on version.id = risk.version_id order by 1, 3, 4`.execute(db);
  return rows;
}

test('actions that followed changes one by one are those of a whole recomputation', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 3, maxLength: 6 }), async (history) => {
      const server = await createTestServer();
      const host = await enrolHost(server, 'one');
      const call = callAs(server, await server.setUp());
      for (const step of history) {
        if (step.kind === 'told') await store(server, FEED, advisories(step.fixes));
        if (step.kind === 'likely') {
          const likelihood = { probability: step.probability, percentile: 0.5 };
          const told = { feed: 'epss', id: 'epss', vulnerabilities: ['CVE-2024-0000'], aliases: [], affected: [] };
          await store(server, 'epss', [{ ...told, likelihood }]);
        }
        if (step.kind === 'report') {
          server.clock.forward(3700);
          const version = `${step.version}.0-1`;
          await host.report({ deb_packages: [{ ...deb(`lib${step.source}`, version), source_package: step.source }] });
        }
        if (step.kind === 'except') {
          const until = step.hours && new Date(server.clock.now.getTime() + step.hours * 3_600_000).toISOString();
          const about = { cve: `CVE-2024-000${step.cve}`, status: 'accepted', reason: 'x', until };
          // One about nothing is refused.
          expect([200, 404]).toContain((await call('POST', '/api/v1/flotilla/exceptions', about)).status);
        }
        if (step.kind === 'table') await call('PUT', '/api/v1/flotilla/sla', { rules: [{ days: step.days }] });
        await judgeWanted(server.system);
        await settleExceptions(server.system);
        await refreshActions(server.system);
      }
      const followed = await stored(server);
      for (const table of ['action_version', 'action_vulnerability', 'action_software']) {
        await sql`delete from ${sql.table(`vulnerabilities.${table}`)}`.execute(server.system.db);
      }
      await sql`
        insert into vulnerabilities.action_to_refresh (software_id)
        select distinct software_id from vulnerabilities.finding`.execute(server.system.db);
      await refreshActions(server.system);
      expect(followed).toEqual(await stored(server));
    }),
    { numRuns: 8 },
  );
});

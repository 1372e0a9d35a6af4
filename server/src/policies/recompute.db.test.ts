import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../kernel/testing/test-database.ts';
import { deb, enrolHost, type TestHost } from '../testing/test-host.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';
import { changePolicy } from './change-policy.ts';
import { createPolicy } from './create-policy.ts';
import { deletePolicies } from './delete-policies.ts';
import { judgeVersions } from './version-rule.ts';

const NAMES = ['bash', 'curl'] as const;
const version = fc.constantFrom('1.0', '1.1~rc1', '1.1', '2.0', 'odd');
const minimum = fc.constantFrom('1.0', '1.1', '1.5');
const name = fc.constantFrom(...NAMES);
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      host: fc.nat(1),
      packages: fc.array(fc.tuple(name, version), { maxLength: 3 }),
    }),
  },
  fc.record({ kind: fc.constant('create' as const), name, minimum }),
  fc.record({ kind: fc.constant('change' as const), which: fc.nat(3), name, minimum }),
  fc.record({ kind: fc.constant('delete' as const), which: fc.nat(3) }),
);

interface World {
  server: TestServer;
  hosts: TestHost[];
  titles: Map<string, number>;
}

async function take({ server, hosts, titles }: World, one: typeof step extends fc.Arbitrary<infer T> ? T : never) {
  const { system } = server;
  server.clock.forward(4000);
  if (one.kind === 'report') {
    await hosts[one.host]?.report({ deb_packages: one.packages.map(([of, text]) => deb(of, text)) });
    return;
  }
  const ids = await system.db.selectFrom('policies.policy').select('id').orderBy('id').execute();
  const id = ids[one.kind === 'create' ? -1 : one.which % Math.max(ids.length, 1)]?.id;
  if (one.kind === 'delete') {
    if (id !== undefined) await deletePolicies(system, { scope: null, ids: [id] });
    return;
  }
  const version_rule = { software_title_id: titles.get(one.name) ?? 0, minimum_version: one.minimum };
  if (one.kind === 'change') {
    if (id !== undefined) await changePolicy(system, { scope: null, id, body: { version_rule } });
    return;
  }
  const body = { name: server.clock.now.toISOString(), version_rule };
  await createPolicy(system, { scope: null, body });
}

/** What each host answers to each policy, from nothing but the rows of policies and of inventory. */
async function recompute({ db }: TestServer['system']): Promise<string[]> {
  const policies = await db.selectFrom('policies.policy').selectAll().orderBy('id').execute();
  const judged = await db
    .selectFrom('inventory.host_part')
    .select('host_id')
    .where('part', '=', 'deb')
    .where('ok_at', 'is not', null)
    .execute();
  const installed = await db
    .selectFrom('inventory.host_software as have')
    .innerJoin('inventory.software as software', 'software.id', 'have.software_id')
    .innerJoin('inventory.version as version', 'version.id', 'software.version_id')
    .select(['have.host_id', 'version.id', 'version.title_id', 'version.version', 'version.name'])
    .where('software.kind', '=', 'normal')
    .execute();
  const names = new Map(
    (await db.selectFrom('inventory.title').select(['id', 'name']).execute()).map((row) => [row.id, row.name]),
  );
  return policies
    .flatMap((policy) =>
      judged.map(({ host_id }) => {
        const title = names.get(policy.title_id ?? 0) ?? '';
        const rule = { title, source: 'deb_packages', minimum: policy.minimum_version ?? '' };
        const there = installed.filter((row) => row.host_id === host_id && row.title_id === policy.title_id);
        const [first] = judgeVersions(rule, there);
        return `${policy.id} ${host_id} ${first ? first.passes : true} ${first?.why ?? `${title} is not installed`}`;
      }),
    )
    .sort();
}

async function readStored({ db }: TestServer['system']): Promise<string[]> {
  const results = await db.selectFrom('policies.policy_result').selectAll().execute();
  const errors = await db.selectFrom('policies.policy_error').selectAll().execute();
  return [
    ...results.map((row) => `${row.policy_id} ${row.host_id} ${row.passes} ${row.why}`),
    ...errors.map((row) => `${row.policy_id} ${row.host_id} null ${row.error}`),
  ].sort();
}

/** The last change of each answer is what is stored. */
async function readLastChanges({ db }: TestServer['system']): Promise<string[]> {
  const rows = await db.selectFrom('policies.policy_change').selectAll().orderBy('at').execute();
  const last = new Map(rows.map((row) => [`${row.policy_id} ${row.host_id}`, row.passes]));
  return [...last]
    .filter(([, passes]) => passes !== null)
    .map(([key, passes]) => `${key} ${passes}`)
    .sort();
}

test('after any order of inventories and changes of policies the answers are those of judging all anew', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 16 }), async (steps) => {
      const endings: (() => Promise<void>)[] = [];
      const atEnd = (cleanUp: () => Promise<void>) => endings.push(cleanUp);
      try {
        const server = await createTestServer({ atEnd });
        const { system } = server;
        await (await enrolHost(server, 'seed')).report({ deb_packages: NAMES.map((each) => deb(each)) });
        const rows = await system.db
          .selectFrom('inventory.title')
          .select(['id', 'name'])
          .where('kind', '=', 'normal')
          .execute();
        const titles = new Map(rows.map((row) => [row.name, row.id]));
        const world = { server, titles, hosts: [await enrolHost(server, 'one'), await enrolHost(server, 'two')] };
        for (const one of steps) await take(world, one);
        expect(await readStored(system)).toEqual(await recompute(system));
        const stored = (await readStored(system)).filter((row) => row.split(' ')[2] !== 'null');
        expect(await readLastChanges(system)).toEqual(stored.map((row) => row.split(' ').slice(0, 3).join(' ')).sort());
      } finally {
        for (const cleanUp of endings.reverse()) await cleanUp();
      }
    }),
    { numRuns: 8 },
  );
}, 120_000);

test('inventories and changes of policies at the same time, in two processes, never miss each other', async () => {
  const database = await createTestDatabase();
  const server = await createTestServer({ database });
  const second = await createTestServer({ database });
  const { system } = server;
  const hosts: TestHost[] = [];
  for (let index = 0; index < 8; index += 1) {
    const host = await enrolHost(server, `host-${index}`);
    await host.report({ deb_packages: NAMES.map((each) => deb(each)) });
    hosts.push(host);
  }
  const titleId = await system.db
    .selectFrom('inventory.title')
    .select('id')
    .where('name', '=', 'bash')
    .executeTakeFirstOrThrow();
  const rule = (minimum_version: string) => ({ version_rule: { software_title_id: titleId.id, minimum_version } });
  for (let round = 0; round < 4; round += 1) {
    server.clock.forward(4000);
    const reports = hosts.map((host, index) =>
      host.report({ deb_packages: [deb('bash', `1.${(index + round) % 4}`)] }),
    );
    const edits = [server, second].map(async ({ system: process }, index) => {
      const body = { name: `${round} ${index}`, ...rule('1.2') };
      const { policy } = await createPolicy(process, { scope: null, body });
      await changePolicy(process, { scope: null, id: policy.id, body: rule('1.1') });
      if (index === 1) await deletePolicies(process, { scope: null, ids: [policy.id] });
    });
    await Promise.all([...reports, ...edits]);
    expect(await readStored(system)).toEqual(await recompute(system));
  }
  expect(await readStored(system)).toHaveLength(4 * hosts.length);
});

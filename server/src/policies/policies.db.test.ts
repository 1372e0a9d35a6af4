import { expect, test } from 'vitest';
import type { Context } from '../kernel/context.ts';
import { createTestDatabase } from '../kernel/testing/test-database.ts';
import { deb, enrolHost } from '../testing/test-host.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';
import { changePolicy } from './change-policy.ts';
import { createPolicy } from './create-policy.ts';
import { deletePolicies } from './delete-policies.ts';
import { listFleetPolicies, listPolicyHosts, readPolicy } from './list-policies.ts';
import { toHostPolicy } from './policy-answer.ts';
import type { CreateBody } from './policy-input.ts';
import { readHostPolicies } from './queries/on-hosts.ts';

const make = async (server: TestServer, body: CreateBody, scope: number | null = null) =>
  (await createPolicy(server.system, { scope, body })).policy.id;
const sql = (name: string, table: string, more: Partial<CreateBody> = {}): CreateBody => ({
  name,
  query: `SELECT 1 FROM ${table}`,
  ...more,
});

const answersOf = async ({ system }: TestServer, hostId = 1) =>
  (await readHostPolicies(system.db, hostId)).map(toHostPolicy).map(({ name, response }) => [name, response]);

async function titleId({ system }: TestServer, name: string): Promise<number> {
  return (await system.db.selectFrom('inventory.title').select('id').where('name', '=', name).executeTakeFirstOrThrow())
    .id;
}

async function addPackage({ system }: TestServer, of: { titleId: number; name: string; version: string }) {
  const row = { file_name: `${of.name}.deb`, format: 'deb', name: of.name, version: of.version, arch: 'amd64' };
  const scripts = { install_script: '', uninstall_script: '', post_install_script: '', pre_install_query: '' };
  const rest = { platform: 'linux', source_package: '', source_version: '', sha256: '', size: 1, self_service: false };
  return system.db
    .insertInto('installation.package')
    .values({ title_id: of.titleId, ...row, ...scripts, ...rest, uploaded_at: system.clock(), uploaded_by: 'Ada' })
    .returning('id')
    .executeTakeFirstOrThrow();
}

const giveAgent = ({ system }: TestServer, hostId: number) =>
  system.db
    .insertInto('hosts.host_key')
    .values({ key_hash: Buffer.from(`agent ${hostId}`), host_id: hostId, kind: 'agent' })
    .execute();

const tasks = ({ system }: TestServer) =>
  system.db
    .selectFrom('installation.task')
    .select(['id', 'host_id', 'state', 'policy_id', 'requested_by'])
    .orderBy('created_at')
    .orderBy('host_id')
    .execute();

const changesOf = async ({ system }: TestServer, hostId = 1) =>
  (
    await system.db
      .selectFrom('policies.policy_change')
      .select(['policy_name', 'passes'])
      .where('host_id', '=', hostId)
      .orderBy('at')
      .orderBy('policy_name')
      .execute()
  ).map(({ policy_name, passes }) => [policy_name, passes]);

test('a policy by SQL is asked at once, again after the interval, and tells pass, fail and why there is no answer', async () => {
  const server = await createTestServer();
  const host = await enrolHost(server, 'one');
  await host.report({});
  const id = await make(server, sql('users exist', 'users'));
  expect(await answersOf(server)).toEqual([['users exist', '']]);
  expect(await host.report({ users: [{ 1: '1' }] })).toEqual([`fleet_policy_query_${id}_r1:1`]);
  expect(await answersOf(server)).toEqual([['users exist', 'pass']]);
  expect(await host.report({})).toEqual([]);
  server.clock.forward(4000);
  expect(await host.report({ users: [] })).toContain(`fleet_policy_query_${id}_r1:2`);
  expect(await answersOf(server)).toEqual([['users exist', 'fail']]);
  server.clock.forward(4000);
  await host.read();
  const name = `fleet_policy_query_${id}_r1:3`;
  await host.write({ queries: { [name]: [] }, statuses: { [name]: 1 }, messages: { [name]: 'no such table: userz' } });
  expect((await listPolicyHosts(server.system, id, {})).hosts).toMatchObject([
    { id: 1, response: '', error: 'no such table: userz', since: null },
  ]);
  expect(await changesOf(server)).toEqual([
    ['users exist', true],
    ['users exist', false],
    ['users exist', null],
  ]);
  expect((await readPolicy(server.system, id)).policy).toMatchObject({ passing_host_count: 0, failing_host_count: 0 });
});

test('a host that owes nothing costs no statement', async () => {
  const server = await createTestServer();
  const host = await enrolHost(server, 'one');
  await make(server, sql('users exist', 'users'));
  await host.report({ users: [{ 1: '1' }] });
  let statements = 0;
  const db = new Proxy(server.system.db, {
    get(target, key, receiver) {
      statements += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  const policies = server.domains.find((domain) => domain.name === 'policies');
  const ctx: Context = { ...server.system, db };
  expect(await policies?.dueQueries?.(ctx, { hostId: 1, platform: 'linux', fleetId: null, isRefetch: false })).toEqual(
    [],
  );
  expect(statements).toBe(0);
});

test('another query starts anew, an answer to the earlier one is dropped, and a new name changes no result', async () => {
  const server = await createTestServer();
  const host = await enrolHost(server, 'one');
  const id = await make(server, sql('first', 'users'));
  await host.report({ users: [{ 1: '1' }] });
  server.clock.forward(1);
  await changePolicy(server.system, { scope: null, id, body: { name: 'second' } });
  expect(await answersOf(server)).toEqual([['second', 'pass']]);
  expect(await host.report({})).toEqual([]);
  await changePolicy(server.system, { scope: null, id, body: { query: 'SELECT 1 FROM processes' } });
  expect(await answersOf(server)).toEqual([['second', '']]);
  const late = `fleet_policy_query_${id}_r1:1`;
  await host.write({ queries: { [late]: [{ 1: '1' }] }, statuses: { [late]: 0 } });
  expect(await answersOf(server)).toEqual([['second', '']]);
  server.clock.forward(1);
  expect(await host.report({})).toEqual([`fleet_policy_query_${id}_r2:1`]);
  expect(await answersOf(server)).toEqual([['second', 'fail']]);
  expect(await changesOf(server)).toEqual([
    ['first', true],
    ['second', null],
    ['second', false],
  ]);
});

test('a policy of other platforms is not asked, and a host that leaves its scope loses its answer', async () => {
  const server = await createTestServer();
  const host = await enrolHost(server, 'one');
  await make(server, sql('not here', 'users', { platform: 'darwin,windows' }));
  await make(server, sql('in no fleet', 'users', {}), 0);
  await host.report({ users: [{ 1: '1' }] });
  expect(await answersOf(server)).toEqual([['in no fleet', 'pass']]);
  await server.system.db.updateTable('hosts.host').set({ fleet_id: 7 }).execute();
  server.clock.forward(4000);
  await host.report({ users: [{ 1: '1' }] });
  expect(await server.system.db.selectFrom('policies.policy_result').selectAll().execute()).toEqual([]);
});

test('names are once in a scope, fleets and titles have to exist, and versions have to be some', async () => {
  const server = await createTestServer({ database: await createTestDatabase() });
  const { system } = server;
  const host = await enrolHost(server, 'one');
  await host.report({ deb_packages: [deb('hello', '1.0')], npm_packages: [{ name: 'left-pad', version: '1.0.0' }] });
  await make(server, sql('a', 'users'));
  const refused = async (body: CreateBody, scope: number | null = null) =>
    createPolicy(system, { scope, body }).catch((error) => [error.code, error.fields[0]?.name]);
  expect(await refused(sql('a', 'users'))).toEqual(['conflict', 'name']);
  expect(await refused(sql('a', 'users'), 5)).toEqual(['not_found', 'base']);
  const rule = async (title: string, minimum_version: string) => ({
    name: 'b',
    version_rule: { software_title_id: title ? await titleId(server, title) : 999, minimum_version },
  });
  expect(await refused(await rule('', '1'))).toEqual(['validation_failed', 'version_rule']);
  expect(await refused(await rule('hello', 'newest'))).toEqual(['validation_failed', 'version_rule']);
  expect(await refused(await rule('left-pad', '1'))).toEqual(['validation_failed', 'version_rule']);
  expect(await refused({ ...(await rule('hello', '1')), platform: 'darwin' })).toEqual([
    'validation_failed',
    'platform',
  ]);
  expect(await refused(sql('b', 'users', { software_title_id: await titleId(server, 'hello') }))).toEqual([
    'validation_failed',
    'software_title_id',
  ]);
  const ofFleet = await make(server, sql('a', 'users'), 0);
  const { policies, inherited_policies } = await listFleetPolicies(system, 0, {});
  expect([policies.map(({ id }) => id), inherited_policies.map(({ name }) => name)]).toEqual([[ofFleet], ['a']]);
  await expect(readPolicy(system, ofFleet, null)).rejects.toThrow('Not Found');
  await expect(deletePolicies(system, { scope: null, ids: [ofFleet] })).rejects.toThrow('Not Found');
  await deletePolicies(system, { scope: 0, ids: [ofFleet] });
  const types = await system.db.selectFrom('activity.activity').select('type').orderBy('id').execute();
  expect(types.map(({ type }) => type)).toEqual(['created_policy', 'created_policy', 'deleted_policy']);
});

test('a policy by version judges all hosts when it is made, and each inventory from then on', async () => {
  const server = await createTestServer();
  const [one, two] = [await enrolHost(server, 'one'), await enrolHost(server, 'two')];
  await one.report({ deb_packages: [deb('hello', '1.0')] });
  await two.report({ deb_packages: [deb('bash')] });
  const silent = await enrolHost(server, 'three');
  const rule = { software_title_id: await titleId(server, 'hello'), minimum_version: '1.1' };
  const id = await make(server, { name: 'hello', version_rule: rule });
  const hosts = async () =>
    (await listPolicyHosts(server.system, id, {})).hosts.map(({ response, why }) => [response, why]);
  expect(await hosts()).toEqual([
    ['fail', 'hello 1.0 is older than 1.1'],
    ['', ''],
    ['pass', 'hello is not installed'],
  ]);
  server.clock.forward(4000);
  await one.report({ deb_packages: [deb('hello', '1.1-2')] });
  await two.report({ deb_packages: [deb('hello', 'odd')] });
  await silent.report({ deb_packages: [] });
  expect(await hosts()).toEqual([
    ['', 'hello odd cannot be compared: the upstream version does not start with a digit'],
    ['pass', 'hello 1.1-2 is 1.1 or newer'],
    ['pass', 'hello is not installed'],
  ]);
  await changePolicy(server.system, { scope: null, id, body: { version_rule: { ...rule, minimum_version: '1.2' } } });
  expect((await hosts())[0]).toEqual(['fail', 'hello 1.1-2 is older than 1.2']);
  await deletePolicies(server.system, { scope: null, ids: [id] });
  expect(await changesOf(server)).toEqual([false, true, false, null].map((passes) => ['hello', passes]));
});

test('where a policy begins to fail its title is installed once, not without an agent, and not after three failures', async () => {
  const server = await createTestServer();
  const { db } = server.system;
  const hosts = [await enrolHost(server, 'one'), await enrolHost(server, 'two')];
  for (const host of hosts) await host.report({ deb_packages: [deb('hello', '1.0')] });
  await giveAgent(server, 1);
  const title = await titleId(server, 'hello');
  const { id: packageId } = await addPackage(server, { titleId: title, name: 'hello', version: '1.1' });
  const rule = { software_title_id: title, minimum_version: '1.1' };
  const id = await make(server, { name: 'hello', version_rule: rule, software_title_id: title });
  await make(server, sql('also', 'users', { software_title_id: title }));
  expect(await tasks(server)).toMatchObject([
    { host_id: 1, state: 'queued', policy_id: id, requested_by: 'policy hello' },
  ]);
  server.clock.forward(1);
  await hosts[0]?.report({ deb_packages: [deb('hello', '1.0')], users: [] });
  expect(await tasks(server)).toHaveLength(1);
  const flip = async (version: string) => {
    server.clock.forward(4000);
    await hosts[0]?.report({ deb_packages: [deb('hello', version)], users: [{ 1: '1' }] });
  };
  const fail = () =>
    db
      .updateTable('installation.task')
      .set({ state: 'failed', ended_at: server.clock.now })
      .where('ended_at', 'is', null)
      .execute();
  for (let failures = 1; failures <= 3; failures += 1) {
    await fail();
    await flip('odd');
    await flip('1.0');
    expect(await tasks(server)).toHaveLength(Math.min(failures + 1, 3));
  }
  await flip('1.1');
  await flip('1.0');
  expect(await tasks(server)).toHaveLength(4);
  const deleting = { titleId: title, packageIds: [packageId], isLast: true };
  const refused = db
    .transaction()
    .execute((tx) =>
      server.system.events.inTransaction(tx, server.system, { name: 'packagesDeleting', payload: deleting }),
    );
  await expect(refused).rejects.toMatchObject({ code: 'conflict' });
});

test('the routes of Fleet and our own tell the same policies, and observers cannot write', async () => {
  const server = await createTestServer();
  const token = await server.setUp();
  await (await enrolHost(server, 'one')).report({ deb_packages: [deb('hello', '1.0')] });
  const call = async (method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object) => {
    const response = await server.app.inject({
      method,
      url: path,
      payload,
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.statusCode, body: response.json() };
  };
  const rule = { software_title_id: await titleId(server, 'hello'), minimum_version: '1.1' };
  const made = await call('POST', '/api/v1/fleet/global/policies', {
    name: 'hello',
    type: 'version',
    version_rule: rule,
  });
  expect(made).toMatchObject({
    status: 200,
    body: {
      policy: {
        type: 'version',
        query: '',
        version_rule: { ...rule, title: 'hello' },
        failing_host_count: 1,
        author_name: 'Ada',
      },
    },
  });
  await call('POST', '/api/v1/fleet/fleets/0/policies', sql('users', 'users'));
  expect(await call('POST', '/api/v1/fleet/global/policies', { name: 'b' })).toMatchObject({
    status: 422,
    body: { errors: [{ name: 'query' }] },
  });
  const url = '/api/v1/fleet/global/policies/1';
  expect((await call('PATCH', url, { critical: true, query: 'SELECT 1' })).status).toBe(422);
  expect((await call('PATCH', url, { critical: true })).body.policy).toMatchObject({
    critical: true,
    failing_host_count: 1,
  });
  expect((await call('GET', '/api/v1/fleet/global/policies')).body.policies).toHaveLength(1);
  expect((await call('GET', '/api/v1/fleet/policies/count')).body).toEqual({ count: 1 });
  expect((await call('GET', '/api/v1/fleet/fleets/0/policies?merge_inherited=true')).body.policies).toHaveLength(2);
  expect((await call('GET', '/api/v1/flotilla/policies')).body).toMatchObject({
    count: 2,
    policies: [{ id: 1 }, { id: 2 }],
  });
  expect((await call('GET', '/api/v1/flotilla/policies/1/hosts?response=fail')).body).toMatchObject({ count: 1 });
  expect((await call('POST', '/api/v1/fleet/global/policies/delete', { ids: [1] })).body).toEqual({ deleted: [1] });
  expect((await call('GET', url)).status).toBe(404);
  const observer = {
    ...server.system,
    actor: {
      kind: 'person',
      id: 9,
      name: 'Bo',
      email: '',
      apiOnly: false,
      mustResetPassword: false,
      role: 'observer',
      fleetRoles: new Map(),
      audienceId: -1,
    },
  } as const;
  await expect(createPolicy(observer, { scope: null, body: sql('c', 'users') })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

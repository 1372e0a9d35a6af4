import type { Task, TaskDetail } from '@flotilla/contract/tasks';
import { beforeEach, describe, expect, test } from 'vitest';
import { enrolAgent, type TestAgent } from '../testing/test-agent.ts';
import { deb } from '../testing/test-host.ts';
import { addPackage } from '../testing/test-package.ts';
import { createTestServer, read, type TestServer } from '../testing/test-server.ts';
import { sweepTasks } from './sweep-tasks.ts';
import { transitions } from './task-states.ts';

const NAME = 'flotilla-test-hello';

let server: TestServer;
let token: string;
let agent: TestAgent;
let titleId: number;

beforeEach(async () => {
  server = await createTestServer();
  token = await server.setUp();
  agent = await enrolAgent(server);
  await agent.report({ deb_packages: [deb('bash')] });
  titleId = (await addPackage(server, token, { name: NAME, version: '1.1' })).title_id;
});

const call = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
  server.app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, payload });

async function install(): Promise<string> {
  const response = await call('POST', `/api/v1/fleet/hosts/${agent.hostId}/software/${titleId}/install`);
  expect(response.statusCode, response.body).toBe(202);
  return response.json<{ task_id: string }>().task_id;
}

const task = async (id: string) =>
  (await read<{ task: TaskDetail }>(server, token, `/api/v1/flotilla/tasks/${id}`)).task;
const states = async (id: string) => (await task(id)).events.map((event) => event.to);

/** Calls that bring queries and get no answers are no rare thing: those are asked again after a minute. */
const inventory = (version: string | null) => {
  server.clock.forward(61);
  return agent.report({ deb_packages: [deb('bash'), ...(version === null ? [] : [deb(NAME, version)])] });
};

describe('an installation', () => {
  test('is verified only by an inventory that was asked after the result', async () => {
    const id = await install();
    const run = await agent.accept();
    expect(run).toMatchObject({
      id,
      attempt: 1,
      kind: 'install',
      package: { file_name: `${NAME}_1.1_amd64.deb`, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      environment: { PACKAGE_NAME: NAME, PACKAGE_VERSION: '1.1' },
    });
    const answer = await agent.finish({ id, attempt: 1 });
    expect(answer.settled).toEqual([{ id, attempt: 1 }]);
    expect(await task(id)).toMatchObject({ state: 'reported', is_over: false });
    await inventory('1.1');
    expect(await task(id)).toMatchObject({ state: 'verified', is_over: true, reason: 'inventory shows 1.1' });
    expect(await states(id)).toEqual(['queued', 'offered', 'running', 'reported', 'verified']);
  });

  test('that the inventory does not show is not verified, whatever the host says', async () => {
    const id = await install();
    await agent.accept();
    await agent.finish({ id, attempt: 1 });
    await inventory(null);
    expect(await task(id)).toMatchObject({ state: 'unverified', reason: expect.stringContaining('does not show it') });
  });

  test('of which no inventory comes stays a claim', async () => {
    const id = await install();
    await agent.accept();
    await agent.finish({ id, attempt: 1 });
    server.clock.forward(601);
    await sweepTasks(server.system);
    expect(await task(id)).toMatchObject({ state: 'unverified', reason: expect.stringContaining('no inventory came') });
  });

  test('that fails is tried three times with a pause, then it has failed', async () => {
    const id = await install();
    for (const attempt of [1, 2, 3]) {
      const run = await agent.accept();
      expect(run).toMatchObject({ id, attempt });
      await agent.finish({ id, attempt }, { outcome: 'failed', reason: 'the install script ended with exit code 1' });
      expect(await agent.accept()).toBeNull();
      server.clock.forward(61);
    }
    expect(await task(id)).toMatchObject({ state: 'failed', reason: 'the install script ended with exit code 1' });
    expect((await task(id)).results).toHaveLength(3);
  });

  test('that was interrupted is decided by inventory: there is verified, absent is tried again', async () => {
    const id = await install();
    await agent.accept();
    await agent.finish({ id, attempt: 1 }, { outcome: 'interrupted', reason: 'the host went down' });
    await inventory(null);
    expect(await task(id)).toMatchObject({ state: 'queued', attempt: 2 });
    server.clock.forward(11);
    await agent.accept();
    await agent.finish({ id, attempt: 2 }, { outcome: 'interrupted', reason: 'the host went down' });
    await inventory('1.1');
    expect(await task(id)).toMatchObject({ state: 'verified', attempt: 2 });
  });

  test('is one task however often anything about it is said', async () => {
    const id = await install();
    const { offers } = await agent.checkIn();
    expect((await agent.checkIn()).offers).toEqual(offers);
    const [ref = { id, attempt: 0 }] = offers;
    for (let time = 0; time < 20; time += 1) {
      expect((await agent.checkIn([{ ...ref, state: 'accepted' }])).run).toHaveLength(1);
    }
    for (let time = 0; time < 100; time += 1) expect((await agent.finish(ref)).settled).toEqual([ref]);
    await inventory('1.1');
    for (let time = 0; time < 5; time += 1) {
      await agent.finish(ref, { outcome: 'failed', reason: 'late' });
      expect((await agent.checkIn([{ ...ref, state: 'accepted' }])).drop).toEqual([ref]);
    }
    expect(await states(id)).toEqual(['queued', 'offered', 'running', 'reported', 'verified']);
    expect((await task(id)).results).toMatchObject([{ outcome: 'succeeded' }]);
  });
});

describe('the queue of a host', () => {
  test('has one active task, and the next one follows when inventory has settled it', async () => {
    const first = await install();
    server.clock.forward(1);
    const script = await call('POST', '/api/v1/fleet/scripts/run', { host_id: agent.hostId, script_contents: 'true' });
    const second = script.json<{ execution_id: string }>().execution_id;
    expect(await agent.accept()).toMatchObject({ id: first });
    expect(await agent.accept()).toBeNull();
    await agent.finish({ id: first, attempt: 1 });
    expect(await agent.accept()).toBeNull();
    await inventory('1.1');
    expect(await agent.accept()).toMatchObject({ id: second, kind: 'script', scripts: { main: 'true' } });
  });

  test('offers again what was not taken, and gives up what nobody takes', async () => {
    const id = await install();
    expect((await agent.checkIn()).offers).toEqual([{ id, attempt: 1 }]);
    server.clock.forward(61);
    await sweepTasks(server.system);
    expect(await task(id)).toMatchObject({ state: 'queued', attempt: 1 });
    expect((await agent.checkIn()).offers).toEqual([{ id, attempt: 1 }]);
    server.clock.forward(61);
    await sweepTasks(server.system);
    server.clock.forward(15 * 86_400);
    await sweepTasks(server.system);
    const [ended] = await server.system.db.selectFrom('installation.task').selectAll().where('id', '=', id).execute();
    expect(ended).toMatchObject({ state: 'expired', ended_at: server.clock.now });
  });

  test('lets inventory decide about what a host never came back from, or calls it lost', async () => {
    const id = await install();
    await agent.accept();
    server.clock.forward(5 * 3600);
    await sweepTasks(server.system);
    expect(await task(id)).toMatchObject({ state: 'reported' });
    server.clock.forward(601);
    await sweepTasks(server.system);
    expect(await task(id)).toMatchObject({ state: 'lost' });
  });

  test('refuses a second installation of what is pending, and hosts without an agent', async () => {
    await install();
    const twice = await call('POST', `/api/v1/fleet/hosts/${agent.hostId}/software/${titleId}/install`);
    expect(twice.statusCode).toBe(400);
    expect(twice.json()).toMatchObject({ errors: [{ reason: expect.stringContaining('pending install') }] });
  });

  test('cancels at once what waits; of what runs the host is asked and the result counts', async () => {
    const waiting = await install();
    const url = (id: string) => `/api/v1/fleet/hosts/${agent.hostId}/activities/upcoming/${id}`;
    expect((await call('DELETE', url(waiting))).statusCode).toBe(204);
    expect(await task(waiting)).toMatchObject({ state: 'cancelled' });
    expect((await call('DELETE', url(waiting))).statusCode).toBe(400);
    const running = await install();
    const ref = { id: running, attempt: 1 };
    await agent.accept();
    expect((await call('DELETE', url(running))).statusCode).toBe(204);
    expect((await agent.checkIn()).cancel).toEqual([ref]);
    await agent.finish(ref);
    await inventory('1.1');
    expect(await task(running)).toMatchObject({ state: 'verified', cancel_requested: true });
  });

  test('an unknown task is dropped, noted on the host, and tells nothing of those of others', async () => {
    const other = await enrolAgent(server);
    const id = await install();
    await agent.checkIn();
    for (const stranger of [id, '00000000-0000-4000-8000-000000000000']) {
      const ref = { id: stranger, attempt: 1 };
      expect((await other.checkIn([{ ...ref, state: 'accepted' }])).drop).toEqual([ref]);
    }
    const page = await read<{ problems: object[] }>(server, token, `/api/v1/flotilla/hosts/${other.hostId}/inventory`);
    expect(page.problems).toMatchObject([{ kind: 'unknown task', count: 2 }]);
    expect(await task(id)).toMatchObject({ state: 'offered' });
  });
});

describe('the global stop', () => {
  const stop = () => call('POST', '/api/v1/flotilla/stop', { reason: 'a bad package' });

  test('lets no offer through, and nothing accepted begin', async () => {
    const id = await install();
    const [ref = { id, attempt: 0 }] = (await agent.checkIn()).offers;
    expect((await stop()).json()).toMatchObject({ stopped: true, by: 'Ada', reason: 'a bad package', queued: 1 });
    const answer = await agent.checkIn([{ ...ref, state: 'accepted' }]);
    expect(answer).toMatchObject({ run: [], offers: [], stopped: true, drop: [ref] });
    expect((await agent.checkIn()).offers).toEqual([]);
    expect((await call('DELETE', '/api/v1/flotilla/stop')).json()).toMatchObject({ stopped: false });
    const run = await agent.accept();
    expect(run).toMatchObject({ id, attempt: 2 });
  });

  test('puts back what a host had accepted and did not begin', async () => {
    const id = await install();
    await agent.accept();
    await stop();
    await agent.checkIn([{ id, attempt: 1, state: 'declined', reason: 'everything is stopped' }]);
    expect(await task(id)).toMatchObject({ state: 'queued', attempt: 2 });
  });
});

test('the state machine of the code and of the database are one', async () => {
  const rows = await server.system.db.selectFrom('installation.task_transition').selectAll().execute();
  const stored = rows.map((row) => `${row.from_state} > ${row.to_state}`).sort();
  const coded = Object.entries(transitions).flatMap(([from, all]) => all.map((to) => `${from} > ${to}`));
  expect(stored).toEqual(coded.sort());
});

test('the host page has what was and is to be done', async () => {
  const id = await install();
  const host = `/api/v1/fleet/hosts/${agent.hostId}`;
  const upcoming = await read<{ activities: object[] }>(server, token, `${host}/activities/upcoming`);
  expect(upcoming.activities).toMatchObject([{ uuid: id, type: 'installed_software', details: { install_uuid: id } }]);
  await agent.accept();
  await agent.finish(
    { id, attempt: 1 },
    { steps: [{ step: 'install', exit_code: 0, output: 'done', cut: false, timed_out: false, runtime_seconds: 1 }] },
  );
  await inventory('1.1');
  const past = await read<{ activities: object[] }>(server, token, `${host}/activities`);
  expect(past.activities).toMatchObject([
    { type: 'installed_software', actor_full_name: 'Ada', details: { install_uuid: id, status: 'installed' } },
  ]);
  const { results } = await read<{ results: object }>(server, token, `/api/v1/fleet/software/install/${id}/results`);
  expect(results).toMatchObject({ status: 'installed', output: 'Success\ndone', software_title: NAME });
  const { tasks } = await read<{ tasks: Task[] }>(server, token, `/api/v1/flotilla/hosts/${agent.hostId}/tasks`);
  expect(tasks).toMatchObject([{ id, title: NAME, version: '1.1', state: 'verified' }]);
  const { software } = await read<{ software: object[] }>(server, token, `${host}/software?available_for_install=true`);
  expect(software).toMatchObject([{ name: NAME, status: 'installed', software_package: { version: '1.1' } }]);
  const { events } = await read<{ events: { kind: string; task: { to: string } | null }[] }>(
    server,
    token,
    `/api/v1/flotilla/hosts/${agent.hostId}/timeline`,
  );
  expect(new Set(events.filter((event) => event.kind === 'task').map((event) => event.task?.to))).toEqual(
    new Set(['queued', 'running', 'reported', 'verified']),
  );
});

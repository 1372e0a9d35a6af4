import type { Rollout } from '@flotilla/contract/updates';
import { expect, test } from 'vitest';
import { enrolAgent, type TestAgent } from '../testing/test-agent.ts';
import { deb, enrolHost } from '../testing/test-host.ts';
import { addPackage } from '../testing/test-package.ts';
import { createTestServer, read, type TestServer } from '../testing/test-server.ts';
import { advanceRollouts } from './keep-rollouts-moving.ts';
import { listRunning } from './queries/rollouts.ts';

const NAME = 'flotilla-test-hello';

interface Scene {
  server: TestServer;
  token: string;
  titleId: number;
  agents: TestAgent[];
  call<T = unknown>(url: string, payload?: object): Promise<{ status: number; body: T }>;
  get<T>(url: string): Promise<T>;
  start(more?: object): Promise<Rollout>;
  rollout(): Promise<Rollout>;
  /** Every queued task of the rollout is taken, and ends as this; `hosts` bounds how many. */
  work(outcome: 'succeeded' | 'failed', hosts?: number): Promise<number>;
}

/** Hosts with an agent and version 1.0, and package 1.1 in the library. */
async function createScene(hosts: number): Promise<Scene> {
  const server = await createTestServer();
  const token = await server.setUp();
  const agents: TestAgent[] = [];
  for (let index = 0; index < hosts; index += 1) {
    const agent = await enrolAgent(server, `host-${index}`);
    await agent.report({ deb_packages: [deb(NAME, '1.0')] });
    agents.push(agent);
  }
  const titleId = (await addPackage(server, token, { name: NAME, version: '1.1' })).title_id;
  const headers = { authorization: `Bearer ${token}` };
  const scene: Scene = {
    server,
    token,
    titleId,
    agents,
    async call<T>(url: string, payload: object = {}) {
      const response = await server.app.inject({ method: 'POST', url, headers, payload });
      return { status: response.statusCode, body: response.json<T>() };
    },
    get: <T>(url: string) => read<T>(server, token, url),
    async start(more = {}) {
      const { status, body } = await scene.call<{ rollout: Rollout }>('/api/v1/flotilla/rollouts', {
        title_id: titleId,
        ...more,
      });
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body.rollout;
    },
    rollout: async () => (await scene.get<{ rollout: Rollout }>('/api/v1/flotilla/rollouts/1')).rollout,
    async work(outcome, most = Number.POSITIVE_INFINITY) {
      let done = 0;
      for (const agent of agents) {
        if (done >= most) break;
        for (let run = await agent.accept(); run; run = await agent.accept()) {
          await agent.finish(run, { outcome, reason: outcome === 'failed' ? 'dpkg: exit code 1' : '' });
          if (outcome === 'succeeded') {
            server.clock.forward(61);
            await agent.report({ deb_packages: [deb(NAME, '1.1')] });
            done += 1;
            break;
          }
          if (run.attempt === 3) done += 1;
          server.clock.forward(61);
        }
      }
      await advanceRollouts(server.system, await listRunning(server.system.db));
      return done;
    },
  };
  return scene;
}

const ringsOf = (rollout: Rollout) =>
  rollout.rings.map((ring) => [ring.state, ring.funnel.queued, ring.funnel.verified]);
const activities = async ({ server }: Scene) =>
  (
    await server.system.db
      .selectFrom('activity.activity')
      .select(['type', 'details'])
      .where('type', 'like', '%rollout')
      .orderBy('id')
      .execute()
  ).map(({ type }) => type);

test('what is behind names the older versions, and a preview says what a rollout would do', async () => {
  const scene = await createScene(3);
  const plain = await enrolHost(scene.server, 'plain');
  await plain.report({ deb_packages: [deb(NAME, '0.9')] });
  const { behind } = await scene.get<{ behind: object[] }>('/api/v1/flotilla/updates/behind');
  expect(behind).toMatchObject([
    {
      title: NAME,
      newest_version: '1.1',
      hosts_count: 4,
      versions: [
        { version: '1.0', hosts_count: 3 },
        { version: '0.9', hosts_count: 1 },
      ],
      vulnerabilities: [],
    },
  ]);
  const { body } = await scene.call('/api/v1/flotilla/rollouts/preview', { title_id: scene.titleId });
  expect(body).toMatchObject({
    version: '1.1',
    hosts_count: 3,
    online_count: 3,
    rings: [
      { no: 1, hosts_count: 1 },
      { no: 2, hosts_count: 2 },
    ],
    from_versions: [{ version: '1.0', hosts_count: 3 }],
  });
  expect(await listRunning(scene.server.system.db)).toEqual([]);
});

test('rings open one after the other as hosts are verified, and the rollout is done when all are', async () => {
  const scene = await createScene(3);
  const started = await scene.start();
  expect(ringsOf(started)).toEqual([
    ['open', 1, 0],
    ['waiting', 0, 0],
  ]);
  expect(started).toMatchObject({ name: `${NAME} 1.1`, state: 'running', hosts_count: 3, created_by: 'Ada' });
  expect(started.rings.map((ring) => ring.gate_words)).toEqual([
    'Done on 0 of 1 host, passes with 1: 1 queued',
    'Opens when ring 1 has passed',
  ]);
  expect(await scene.work('succeeded')).toBe(1);
  expect(ringsOf(await scene.rollout())).toEqual([
    ['passed', 0, 1],
    ['open', 2, 0],
  ]);
  await scene.work('succeeded', 1);
  expect((await scene.rollout()).state).toBe('running');
  await scene.work('succeeded');
  expect(await scene.rollout()).toMatchObject({ state: 'done', ended_at: expect.any(String) });
  expect(await activities(scene)).toEqual(['started_rollout', 'finished_rollout']);
  expect((await scene.call('/api/v1/flotilla/rollouts/1/pause')).status).toBe(409);
  const other = await scene.call('/api/v1/flotilla/rollouts', { title_id: scene.titleId });
  expect(other).toMatchObject({ status: 422, body: { errors: [{ name: 'title_id' }] } });
});

test('a ring that cannot pass any more halts and holds what waits, and a person can let it go on', async () => {
  const scene = await createScene(4);
  await scene.start({ first_ring_percent: 50 });
  await scene.work('failed', 1);
  expect(await scene.rollout()).toMatchObject({
    state: 'halted',
    reason: '1 of 2 hosts failed (50 %); the gate allows 5 %: dpkg: exit code 1 on 1 host',
    rings: [{ state: 'halted', funnel: { queued: 1, failed: 1 } }, { state: 'waiting' }],
  });
  expect(await scene.work('succeeded')).toBe(0);
  const { body } = await scene.call<{ rollout: Rollout }>('/api/v1/flotilla/rollouts/1/resume', { reason: 'known' });
  expect(body.rollout).toMatchObject({
    state: 'running',
    reason: '',
    rings: [
      { state: 'passed', gate_words: expect.stringMatching(/^Let pass by Ada in spite of its failures: 1 of 2/) },
      { state: 'open' },
    ],
  });
  expect(await scene.work('succeeded')).toBe(3);
  expect((await scene.rollout()).state).toBe('done');
  expect(await activities(scene)).toEqual(['started_rollout', 'halted_rollout', 'resumed_rollout', 'finished_rollout']);
});

test('a pause holds what waits, and aborting cancels it; hosts are told apart by where they are', async () => {
  const scene = await createScene(4);
  await scene.start({ first_ring_percent: 50, name: ' careful ' });
  const paused = await scene.call<{ rollout: Rollout }>('/api/v1/flotilla/rollouts/1/pause', { reason: 'lunch' });
  expect(paused.body.rollout).toMatchObject({ name: 'careful', state: 'paused', reason: 'Paused by Ada: lunch' });
  expect(await scene.work('succeeded')).toBe(0);
  await scene.call('/api/v1/flotilla/rollouts/1/resume');
  await scene.work('succeeded', 1);
  const aborted = await scene.call<{ rollout: Rollout }>('/api/v1/flotilla/rollouts/1/abort');
  expect(aborted.body.rollout).toMatchObject({ state: 'aborted', reason: 'Aborted by Ada' });
  expect(await scene.work('succeeded')).toBe(0);
  const hosts = async (place: string) =>
    (await scene.get<{ count: number }>(`/api/v1/flotilla/rollouts/1/hosts?place=${place}`)).count;
  expect([await hosts('verified'), await hosts('cancelled'), await hosts('waiting')]).toEqual([1, 1, 2]);
  expect(await activities(scene)).toEqual(['started_rollout', 'paused_rollout', 'resumed_rollout', 'aborted_rollout']);
});

test('hosts that have nothing older any more when their ring opens need no task', async () => {
  const scene = await createScene(3);
  await scene.start();
  const { hosts } = await scene.get<{ hosts: { id: number; ring: number }[] }>('/api/v1/flotilla/rollouts/1/hosts');
  const last = scene.agents.find((agent) => agent.hostId === hosts.find((host) => host.ring === 2)?.id);
  scene.server.clock.forward(4000);
  for (const agent of scene.agents) await agent.report({ deb_packages: [deb(NAME, agent === last ? '1.2' : '1.0')] });
  await scene.work('succeeded');
  const { rings } = await scene.rollout();
  expect(rings[1]?.funnel).toMatchObject({ targeted: 2, already: 1, queued: 1 });
  const { hosts: there } = await scene.get<{ hosts: object[] }>('/api/v1/flotilla/rollouts/1/hosts?place=already');
  expect(there).toMatchObject([
    { id: last?.hostId, task_id: null, reason: 'nothing older was on it when its ring opened' },
  ]);
});

test('a rollout goes on where a crash left it, and two processes make each task once', async () => {
  const scene = await createScene(5);
  const { db } = scene.server.system;
  await scene.start({ first_ring_percent: 100 });
  const some = await db.selectFrom('installation.task').select('id').limit(2).execute();
  await db
    .deleteFrom('installation.task')
    .where(
      'id',
      'in',
      some.map(({ id }) => id),
    )
    .execute();
  await db.updateTable('updates.ring').set({ filled_at: null }).where('no', '=', 1).execute();
  expect((await scene.rollout()).rings[0]?.funnel).toMatchObject({ targeted: 5, queued: 5 });
  const second = await createTestServer({ database: { db, connection: {} as never } });
  await Promise.all([scene.server, second, scene.server, second].map(({ system }) => advanceRollouts(system, [1])));
  const { tasks } = await db
    .selectFrom('installation.task')
    .select((select) => select.fn.countAll<number>().as('tasks'))
    .executeTakeFirstOrThrow();
  expect(tasks).toBe(5);
  await scene.work('succeeded');
  expect((await scene.rollout()).state).toBe('done');
});

test('one rollout of a title at a time, and its package stays in the library meanwhile', async () => {
  const scene = await createScene(1);
  await scene.start();
  expect(await scene.call('/api/v1/flotilla/rollouts', { title_id: scene.titleId })).toMatchObject({
    status: 409,
    body: { errors: [{ name: 'title_id', reason: expect.stringContaining('under way') }] },
  });
  const headers = { authorization: `Bearer ${scene.token}` };
  const url = `/api/v1/fleet/software/titles/${scene.titleId}/available_for_install`;
  expect((await scene.server.app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(409);
  await scene.call('/api/v1/flotilla/rollouts/1/abort');
  expect((await scene.server.app.inject({ method: 'DELETE', url, headers })).statusCode).toBeLessThan(300);
});

test('a host that lost the title meanwhile gets nothing', async () => {
  const scene = await createScene(2);
  await scene.start({ first_ring_percent: 1 });
  const { hosts } = await scene.get<{ hosts: { id: number; ring: number }[] }>('/api/v1/flotilla/rollouts/1/hosts');
  const gone = scene.agents.find((agent) => agent.hostId === hosts.find((host) => host.ring === 2)?.id);
  scene.server.clock.forward(4000);
  await gone?.report({ deb_packages: [deb('bash')] });
  const { system } = scene.server;
  await system.db.updateTable('installation.task').set({ state: 'verified', ended_at: system.clock() }).execute();
  await advanceRollouts(system, [1]);
  expect((await scene.rollout()).rings[1]).toMatchObject({ state: 'passed', funnel: { already: 1, queued: 0 } });
});

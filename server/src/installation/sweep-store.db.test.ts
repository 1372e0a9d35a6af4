import { beforeEach, expect, test } from 'vitest';
import { enrolAgent, type TestAgent } from '../testing/test-agent.ts';
import { addPackage } from '../testing/test-package.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';
import { forgetOldTasks, sweepStore } from './sweep-store.ts';

const NAME = 'flotilla-test-hello';
const DAY = 86_400_000;

let server: TestServer;
let token: string;
let agent: TestAgent;

beforeEach(async () => {
  server = await createTestServer();
  token = await server.setUp();
  agent = await enrolAgent(server);
});

const call = (method: 'POST' | 'DELETE', url: string) =>
  server.app.inject({ method, url, headers: { authorization: `Bearer ${token}` } });
const hashOf = async (version: string) =>
  (
    await server.system.db
      .selectFrom('installation.package')
      .select('sha256')
      .where('version', '=', version)
      .executeTakeFirstOrThrow()
  ).sha256;
const isStored = async (hash: string) => {
  const blob = await server.system.store.open(hash);
  await blob?.stream.toArray();
  return blob !== null;
};

test('a file goes a day after nothing needs it: no library, and no task that is still open', async () => {
  await addPackage(server, token, { name: NAME, version: '1.0' });
  const { title_id } = await addPackage(server, token, { name: 'flotilla-test-other', version: '2.0' });
  const [kept, gone] = [await hashOf('1.0'), await hashOf('2.0')];
  await call('POST', `/api/v1/fleet/hosts/${agent.hostId}/software/${title_id}/install`);
  await agent.accept();
  await server.system.db
    .updateTable('installation.package')
    .set({ deleted_at: new Date() })
    .where('version', '=', '2.0')
    .execute();
  server.clock.now = new Date(Date.now() + 2 * DAY);
  await sweepStore(server.system);
  expect([await isStored(kept), await isStored(gone)]).toEqual([true, true]);
  await server.system.db.deleteFrom('installation.task').execute();
  server.clock.now = new Date();
  await sweepStore(server.system);
  expect(await isStored(gone)).toBe(true);
  server.clock.now = new Date(Date.now() + 2 * DAY);
  await sweepStore(server.system);
  expect([await isStored(kept), await isStored(gone)]).toEqual([true, false]);
});

test('tasks are forgotten 400 days after their end, with what happened to them, and open ones never', async () => {
  const { title_id } = await addPackage(server, token, { name: NAME, version: '1.0' });
  const install = `/api/v1/fleet/hosts/${agent.hostId}/software/${title_id}/install`;
  const task = (await call('POST', install)).json<{ task_id: string }>().task_id;
  const count = async () => (await server.system.db.selectFrom('installation.task').select('id').execute()).length;
  const events = async () =>
    (await server.system.db.selectFrom('installation.task_event').select('no').execute()).length;
  const forgetAfter = (days: number) => {
    const then = new Date(server.clock.now.getTime() + days * DAY);
    return forgetOldTasks({ ...server.system, clock: () => then });
  };
  await forgetAfter(500);
  expect(await count()).toBe(1);
  const cancelled = await call('DELETE', `/api/v1/fleet/hosts/${agent.hostId}/activities/upcoming/${task}`);
  expect(cancelled.statusCode).toBe(204);
  await forgetAfter(399);
  expect(await count()).toBe(1);
  expect(await events()).toBeGreaterThan(0);
  await forgetAfter(401);
  expect([await count(), await events()]).toEqual([0, 0]);
});

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiClient, apiClient, setUp } from './api-client.ts';
import { type DebianPostgres, startDebianPostgres } from './debian-postgres.ts';
import { freePort } from './free-port.ts';
import { type HostTasks, hostTasks } from './host-tasks.ts';
import { describeWith } from './prerequisites.ts';
import { type RunningAgent, startAgent } from './running-agent.ts';
import { type RunningServer, startServer } from './running-server.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

/** An agent asks by itself each minute, or each ten seconds when it has no stream, and up to a tenth earlier. */
const LEAST_POLL_MS = { streaming: 54_000, alone: 9_000 };
/** Found by polls alone, one after the other, they would take as long as a poll with a stream. */
const ROUNDS = 1 + LEAST_POLL_MS.streaming / LEAST_POLL_MS.alone;

/** What people look at first. */
const LISTS = [
  '/api/v1/fleet/hosts?per_page=100',
  '/api/v1/fleet/hosts/count',
  '/api/v1/fleet/host_summary',
  '/api/v1/fleet/labels',
  '/api/v1/fleet/software/titles?per_page=1000&order_key=name',
  '/api/v1/fleet/software/versions?per_page=1000&order_key=name',
  '/api/v1/fleet/vulnerabilities?per_page=100',
  '/api/v1/fleet/activities?per_page=100',
];

describeWith(['debian-postgres', 'osquery-5.23'], 'two server processes on one database', () => {
  const folder = temporaryFolder();
  const log = join(folder, 'runs');
  let postgres: DebianPostgres;
  let first: RunningServer;
  let second: RunningServer;
  let agent: RunningAgent;
  let one: ApiClient;
  let two: ApiClient;
  let tasks: HostTasks;
  let hostId = 0;

  beforeAll(async () => {
    postgres = await startDebianPostgres(await freePort());
    const settings = { FLOTILLA_DATABASE_URL: postgres.url, FLOTILLA_DATA_DIR: temporaryFolder() };
    [first, second] = await Promise.all([startServer(settings), startServer(settings)]);
    one = await setUp(first.httpUrl);
    two = apiClient(second.httpUrl, one.token);
    agent = startAgent(second);
    hostId = await waitUntil('the host has reported', async () => {
      const { hosts } = await two.get<{ hosts: { id: number; software_updated_at: string }[] }>('/api/v1/fleet/hosts');
      return hosts[0] && hosts[0].software_updated_at > '2001' && hosts[0].id;
    });
    tasks = hostTasks(second.httpUrl, two, () => hostId);
  });

  afterAll(async () => {
    await agent?.stop();
    await second?.halt();
    await first?.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Asks for a script that writes down each of its runs. @returns the id of the task */
  async function run(api: ApiClient, seconds = 0): Promise<string> {
    const script = `echo "$FLOTILLA_TASK_ID $FLOTILLA_TASK_ATTEMPT" >> '${log}'; sleep ${seconds}`;
    const body = { host_id: hostId, script_contents: script };
    return (await api.post<{ execution_id: string }>('/api/v1/fleet/scripts/run', body)).execution_id;
  }

  const runs = () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : []);
  const moveTo = async (server: RunningServer) => {
    await agent.kill();
    agent = startAgent(server);
  };

  // The first moves tasks on, as it came first, and nudges its own agents then: one of the second hears by the relay alone.
  test('what one process is asked for begins at an agent of the other without waiting for its poll', async () => {
    const since = performance.now();
    for (let round = 0; round < ROUNDS; round += 1) await tasks.ended(await run(one));
    expect(performance.now() - since).toBeLessThan(LEAST_POLL_MS.streaming);
    expect(runs()).toHaveLength(ROUNDS);
  });

  test.each(['first', 'second'])('kill -9 of the %s: its agent goes on with the other one', async (victim) => {
    const [dying, staying, api] = victim === 'first' ? [first, second, two] : [second, first, one];
    const known = hostTasks(staying.httpUrl, api, () => hostId);
    const before = runs().length;
    await moveTo(dying);
    const ids = [await run(one, 1), await run(two, 1), await run(one, 1)];
    await waitUntil('the first of them runs', () => runs().length > before);
    await dying.kill();
    await moveTo(staying);
    for (const id of ids) expect(await known.ended(id)).toMatchObject({ state: 'verified', attempt: 1 });
    await dying.start();
    const began = runs().slice(before);
    expect(began.toSorted()).toEqual(ids.map((id) => `${id} 1`).toSorted());
  });

  test('an agent whose server comes back goes on with it, and nothing was run twice', async () => {
    await moveTo(first);
    const before = runs().length;
    const ids = [await run(two, 1), await run(one, 1)];
    await waitUntil('the first of them runs', () => runs().length > before);
    await first.kill();
    await first.start();
    for (const id of ids) expect(await tasks.ended(id)).toMatchObject({ state: 'verified', attempt: 1 });
    expect(new Set(runs()).size).toBe(runs().length);
  });

  test('an inventory asked for at the one is taken by the other, and both answer the same', async () => {
    await two.post(`/api/v1/fleet/hosts/${hostId}/refetch`);
    await waitUntil('the inventory is there', async () => {
      const { host } = await one.get<{ host: { refetch_requested: boolean } }>(`/api/v1/fleet/hosts/${hostId}`);
      return !host.refetch_requested;
    });
    const paths = [...LISTS, `/api/v1/fleet/hosts/${hostId}/software?per_page=1000`];
    for (const path of [...paths, `/api/v1/flotilla/hosts/${hostId}/tasks?per_page=100`]) {
      // Counts are folded and last-seen times are written some moments later.
      await waitUntil(`both answer the same to ${path}`, async () => {
        expect(await one.get(path)).toEqual(await two.get(path));
        return true;
      });
    }
    const titles = await one.get<{ count: number }>('/api/v1/fleet/software/titles');
    expect(titles.count).toBeGreaterThan(0);
  });
});

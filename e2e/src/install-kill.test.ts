import { rmSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '../../server/src/kernel/postgres/embedded.ts';
import { type ApiClient, setUp } from './api-client.ts';
import { type HelloPackages, helloPackages, installedHello, purgeHello } from './hello-package.ts';
import { type HostTasks, hostTasks } from './host-tasks.ts';
import { killDatabase } from './kill-database.ts';
import { describeWith } from './prerequisites.ts';
import { type RunningAgent, startAgent } from './running-agent.ts';
import { type RunningServer, startServer } from './running-server.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

/** How far a task has come when something is killed; `after` is a moment later. */
const MOMENTS = ['queued', 'offered', 'running', 'installing', 'reported'] as const;
const VICTIMS = ['agent', 'server', 'database'] as const;
const ENDS = ['verified', 'unverified', 'failed', 'lost'];

describeWith(['dpkg', 'root', 'osquery-5.23'], 'installations while agent, server and database are killed', () => {
  const folder = temporaryFolder();
  let server: RunningServer;
  let agent: RunningAgent;
  let api: ApiClient;
  let tasks: HostTasks;
  let packages: HelloPackages;
  let hostId = 0;
  let titleId = 0;

  beforeAll(async () => {
    purgeHello();
    packages = helloPackages(folder);
    server = await startServer();
    api = await setUp(server.httpUrl);
    tasks = hostTasks(server.httpUrl, api, () => hostId);
    // Long enough to be caught in the middle.
    titleId = (await tasks.upload(packages.build('1.1', 'sleep 1'))).title_id;
    agent = startAgent(server);
    hostId = await waitUntil('the host has reported', async () => {
      const { hosts } = await api.get<{ hosts: { id: number; software_updated_at: string }[] }>('/api/v1/fleet/hosts');
      return hosts[0] && hosts[0].software_updated_at > '2001' && hosts[0].id;
    });
  });

  afterAll(async () => {
    await agent?.stop();
    await server?.stop();
    purgeHello();
    rmSync(folder, { recursive: true, force: true });
  });

  const kill = {
    async agent() {
      await agent.kill();
      agent.start();
    },
    async server() {
      await server.kill();
      await server.start();
    },
    database: async () => killDatabase(server.dataDir),
  };

  /** Resolves as soon as the task is there or beyond. */
  const reached = (id: string, moment: (typeof MOMENTS)[number]) =>
    waitUntil(`the task is ${moment}`, async () => {
      const task = await tasks.task(id);
      const at = MOMENTS.indexOf(task.step === 'installing' ? 'installing' : (task.state as 'queued'));
      return task.is_over || at >= MOMENTS.indexOf(moment);
    });

  const rounds = VICTIMS.flatMap((victim) => MOMENTS.map((moment) => ({ victim, moment })));
  test.each(rounds)(
    'kill -9 of $victim at $moment: one definite end, and nothing ran twice',
    async ({ victim, moment }) => {
      const isThere = installedHello() !== null;
      const id = await waitUntil('the request is taken', () =>
        isThere ? tasks.uninstall(titleId) : tasks.install(titleId),
      );
      await reached(id, moment);
      await kill[victim]();
      const task = await tasks.ended(id);
      expect(ENDS).toContain(task.state);
      // What the server says is what dpkg says.
      if (task.state === 'verified') expect(installedHello()).toBe(isThere ? null : '1.1');
      const runs = packages.runs();
      expect(new Set(runs).size).toBe(runs.length);
    },
  );

  test('counts are what a recount says, and the queue is empty', async () => {
    const { connection } = await startEmbeddedPostgres({ dataDir: server.dataDir });
    const client = new pg.Client(connection);
    await client.connect();
    const wrong = await waitUntil('deltas are folded', async () => {
      const pending = await client.query('select from inventory.count_delta limit 1');
      if (pending.rowCount) return false;
      return client.query(
        `select coalesce(counted.title_id, truth.title_id) as title_id, counted.hosts, truth.hosts as really
         from (select * from inventory.title_fleet where fleet_id = -1 and hosts <> 0) as counted
         full join (
           select version.title_id, count(distinct have.host_id)::int as hosts from inventory.host_software as have
           join inventory.software as software on software.id = have.software_id
           join inventory.version as version on version.id = software.version_id group by 1
         ) as truth on truth.title_id = counted.title_id
         where counted.hosts is distinct from truth.hosts`,
      );
    });
    expect(wrong.rows).toEqual([]);
    const open = await client.query(
      "select id from installation.task where state in ('queued', 'offered', 'running', 'reported')",
    );
    expect(open.rows).toEqual([]);
    const events = await client.query(
      `select task_id from installation.task_event where to_state in ('verified', 'unverified', 'failed', 'lost', 'cancelled', 'expired')
       group by 1 having count(*) > 1`,
    );
    expect(events.rows).toEqual([]);
    await client.end();
  });
});

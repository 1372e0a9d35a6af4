import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentTask } from '@flotilla/contract/agent';
import { expect, it, onTestFinished, vi } from 'vitest';
import { processesWith } from '../processes.ts';
import { describeWith } from '../testing/describe-with.ts';
import { type FakeTask, startFakeServer } from '../testing/fake-server.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { PATIENCE } from '../testing/patience.ts';
import { startAgent } from '../testing/running-agent.ts';

const script = (main: string) => ({ scripts: { main, post_install: null, rollback: null } });

/** A server with an agent that has checked in, and a file that scripts leave a line in each time they run. */
async function scene() {
  const server = await startFakeServer();
  onTestFinished(() => server.close());
  const agent = startAgent(server);
  await vi.waitUntil(() => server.streams.size === 1, PATIENCE);
  const effects = join(temporaryFolder(), 'effects');
  const effectsOf = ({ task }: FakeTask) =>
    existsSync(effects)
      ? readFileSync(effects, 'utf8')
          .split('\n')
          .filter((line) => line === task.id).length
      : 0;
  /** Gives the host a task; what its script does is done after it has left a line. */
  const give = (main: string, given: Partial<AgentTask> = {}) => {
    const task = server.addTask({
      environment: { EFFECTS: effects },
      ...script(`echo "$FLOTILLA_TASK_ID" >> "$EFFECTS"\n${main}`),
      ...given,
    });
    server.send('nudge');
    return task;
  };
  const endOf = (task: FakeTask) => vi.waitUntil(() => task.end, PATIENCE);
  return { server, agent, give, endOf, effectsOf };
}

describeWith('osquery', 'tasks of an agent', () => {
  it('accepts a task, runs it, and reports until it is settled, without a word of it in the log', async () => {
    const { agent, give, endOf, effectsOf } = await scene();
    const since = performance.now();
    const task = give('echo secret-output');
    expect(await endOf(task)).toMatchObject({
      state: 'finished',
      result: { outcome: 'succeeded', steps: [{ step: 'script', exit_code: 0, output: 'secret-output\n' }] },
    });
    expect(performance.now() - since).toBeLessThan(5000);
    expect(task.reports.map(({ state }) => state).filter((state) => state !== 'progress')).toEqual([
      'accepted',
      'finished',
    ]);
    expect(effectsOf(task)).toBe(1);
    await vi.waitUntil(() => readdirSync(join(agent.folder, 'tasks')).length === 0, PATIENCE);
    expect(JSON.stringify(agent.log())).not.toMatch(/secret-output|EFFECTS/);
  });

  it('gives an installation its verified package, and says where it is', async () => {
    const { server, give, endOf } = await scene();
    const wanted = server.addPackage(Buffer.from('the package'), '../a b.deb');
    const task = give('', {
      kind: 'install',
      package: wanted,
      pre_install_query: 'select 1',
      scripts: { main: 'cat "$INSTALLER_PATH"; basename "$INSTALLER_PATH"', post_install: 'sleep 1', rollback: null },
    });
    expect(await endOf(task)).toMatchObject({
      result: {
        outcome: 'succeeded',
        steps: [
          { step: 'pre_install_query', exit_code: 0, output: '[{"1":"1"}]' },
          { step: 'install', output: 'the packagea_b.deb\n' },
          { step: 'post_install', exit_code: 0 },
        ],
      },
    });
    expect(task.reports.flatMap((report) => (report.state === 'progress' ? report.step : []))).toContain(
      'post_install',
    );
  });

  it.each([
    ['select 1 limit 0', 'pre-install query returned no rows'],
    ['select nope', 'pre-install query failed: no such column: nope'],
  ])('installs nothing when its query is %j', async (query, reason) => {
    const { server, give, endOf, effectsOf } = await scene();
    const wanted = server.addPackage(Buffer.from('the package'));
    const task = give('', { kind: 'install', package: wanted, pre_install_query: query });
    expect(await endOf(task)).toMatchObject({
      result: { outcome: 'failed', reason, steps: [{ step: 'pre_install_query', exit_code: 1 }] },
    });
    expect(effectsOf(task)).toBe(0);
  });

  it('goes on with the next task after one that cannot be downloaded', async () => {
    const { give, endOf, effectsOf } = await scene();
    const lost = { sha256: 'a'.repeat(64), size: 1, file_name: 'a.deb' };
    const [bad, good] = [give('', { kind: 'install', package: lost }), give('')];
    expect(await endOf(bad)).toMatchObject({ result: { reason: expect.stringMatching(/^download: .*404/) } });
    expect(await endOf(good)).toMatchObject({ result: { outcome: 'succeeded' } });
    expect([effectsOf(bad), effectsOf(good)]).toEqual([0, 1]);
  });

  it('gives a task one effect and one result however often it is delivered', async () => {
    const { server, agent, give, endOf, effectsOf } = await scene();
    const task = give('sleep 0.3');
    server.offers = Array.from({ length: 100 }, () => task.task);
    server.run = Array.from({ length: 100 }, () => task.task);
    const end = await endOf(task);
    const after = async () => {
      const heard = task.reports.length;
      server.send('nudge');
      await vi.waitUntil(() => task.reports.length > heard, PATIENCE);
    };
    await after();
    await agent.kill();
    agent.start();
    await after();
    const ends = task.reports.filter(({ state }) => state === 'finished');
    expect(new Set(ends.map((report) => JSON.stringify(report)))).toEqual(new Set([JSON.stringify(end)]));
    expect(effectsOf(task)).toBe(1);
  });

  it('begins nothing that the server gives while everything is stopped', async () => {
    const { server, give, endOf, effectsOf } = await scene();
    server.isStopped = true;
    const task = give('');
    expect(await endOf(task)).toMatchObject({ state: 'declined', reason: 'everything is stopped' });
    expect(effectsOf(task)).toBe(0);
    server.isStopped = false;
    const next = give('');
    expect(await endOf(next)).toMatchObject({ state: 'finished' });
  });

  it.each(['stop', 'cancel', 'drop'] as const)(
    'begins nothing after a %s, even in the middle of the way to it',
    async (how) => {
      const { server, agent, give, effectsOf } = await scene();
      let isAsked = false;
      server.instead.package = () => {
        isAsked = true;
      };
      const task = give('', { kind: 'install', package: server.addPackage(Buffer.from('x')) });
      await vi.waitUntil(() => isAsked, PATIENCE);
      if (how === 'stop') server.isStopped = true;
      else server[how] = [task.task];
      server.send(how === 'stop' ? 'stop' : 'nudge');
      await vi.waitUntil(() => task.end ?? readdirSync(join(agent.folder, 'settled-tasks')).length === 1, PATIENCE);
      expect(task.end).toEqual(how === 'drop' ? null : expect.objectContaining({ state: 'declined' }));
      expect(effectsOf(task)).toBe(0);
    },
  );

  it('lets scripts go on when it is stopped itself, and reports them when it is back', async () => {
    const { agent, give, endOf, effectsOf } = await scene();
    const task = give('sleep 2; echo late');
    await vi.waitUntil(() => effectsOf(task) === 1, PATIENCE);
    expect(await agent.stop()).toBe(0);
    expect(task.end).toBeNull();
    agent.start();
    expect(await endOf(task)).toMatchObject({ result: { outcome: 'succeeded', steps: [{ output: 'late\n' }] } });
    expect(effectsOf(task)).toBe(1);
  });

  it('says interrupted when the runner goes down, and lets nothing of the script go on', async () => {
    const { agent, give, endOf, effectsOf } = await scene();
    const task = give('sleep 1000');
    await vi.waitUntil(() => effectsOf(task) === 1, PATIENCE);
    const folder = join(agent.folder, 'tasks', `${task.task.id}.1`);
    for (const pid of processesWith(folder)) process.kill(pid, 'SIGKILL');
    expect(await endOf(task)).toMatchObject({ result: { outcome: 'interrupted', steps: [] } });
    expect(processesWith(join(folder, 'scripts', 'script'))).toEqual([]);
  });

  it('does not run what it is told to run without having accepted it', async () => {
    const { server, give, endOf, effectsOf } = await scene();
    const task = give('');
    task.reports.push({ ...task.task, state: 'accepted' });
    server.run = [task.task];
    expect(await endOf(task)).toMatchObject({ result: { outcome: 'interrupted' } });
    expect(effectsOf(task)).toBe(0);
  });

  it('keeps what it writes about tasks for itself', async () => {
    const { agent } = await scene();
    for (const name of ['tasks', 'settled-tasks']) expect(statSync(join(agent.folder, name)).mode & 0o777).toBe(0o700);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { describeWith } from '../testing/describe-with.ts';
import { type FakeServer, type FakeTask, startFakeServer } from '../testing/fake-server.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { PATIENCE } from '../testing/patience.ts';
import { type RunningAgent, startAgent } from '../testing/running-agent.ts';

interface Scene {
  server: FakeServer;
  agent: RunningAgent;
  effects: string;
}

async function scene(): Promise<Scene> {
  const server = await startFakeServer();
  onTestFinished(() => server.close());
  const agent = startAgent(server);
  await vi.waitUntil(() => server.streams.size === 1, PATIENCE);
  return { server, agent, effects: join(temporaryFolder(), 'effects') };
}

/** An installation whose every step leaves a line. */
function giveInstallation({ server, effects }: Scene): FakeTask {
  const step = (name: string) => `echo "${name} $FLOTILLA_TASK_ID" >> "$EFFECTS"; sleep 0.1`;
  const task = server.addTask({
    kind: 'install',
    package: server.addPackage(Buffer.alloc(1_000_000, 'x')),
    environment: { EFFECTS: effects },
    scripts: { main: step('install'), post_install: step('post_install'), rollback: step('rollback') },
  });
  server.send('nudge');
  return task;
}

function stepsRun({ effects }: Scene, { task }: FakeTask): string[] {
  const lines = existsSync(effects) ? readFileSync(effects, 'utf8').split('\n') : [];
  return lines.filter((line) => line.endsWith(task.id)).map((line) => line.split(' ')[0] ?? '');
}

async function expectDefiniteEnd(at: Scene, task: FakeTask): Promise<void> {
  const end = await vi.waitUntil(() => task.end, PATIENCE);
  const steps = stepsRun(at, task);
  expect([...new Set(steps)], 'no step twice').toEqual(steps);
  // A runner outlives its agent, so killing the agent alone interrupts nothing.
  expect(end).toMatchObject({ state: 'finished', result: { outcome: 'succeeded', reason: '' } });
  expect(steps).toEqual(['install', 'post_install']);
}

/** The files of an attempt, in the order in which they come. */
const STATES = ['', 'package', 'plan', 'begun', 'scripts/install', 'step', 'scripts/post_install', 'ended'];

describeWith('osquery', 'an agent that is killed in the middle of a task', () => {
  it.each(STATES)('comes to one effect and one result when it is killed as soon as there is "%s"', async (file) => {
    const at = await scene();
    const task = giveInstallation(at);
    const place = join(at.agent.folder, 'tasks', `${task.task.id}.1`, file);
    await vi.waitUntil(() => existsSync(place) || task.end !== null, { timeout: 30_000, interval: 1 });
    await at.agent.kill();
    at.agent.start();
    await expectDefiniteEnd(at, task);
  });

  it('comes to one effect and one result when it is killed again and again at any moment', async () => {
    const at = await scene();
    for (let round = 0; round < 12; round += 1) {
      const task = giveInstallation(at);
      while (task.end === null) {
        await delay(Math.random() * 900);
        await at.agent.kill();
        at.agent.start();
        await vi.waitUntil(() => at.server.streams.size === 1 || task.end !== null, PATIENCE);
        at.server.send('nudge');
      }
      await expectDefiniteEnd(at, task);
    }
  }, 240_000);
});

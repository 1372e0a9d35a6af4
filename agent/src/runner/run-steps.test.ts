import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentTask } from '@flotilla/contract/agent';
import { expect, it, vi } from 'vitest';
import { identityOf } from '../process-identity.ts';
import { newTask } from '../testing/fake-server.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { PATIENCE } from '../testing/patience.ts';
import { runSteps } from './run-steps.ts';

async function run(given: Partial<AgentTask>, folder = temporaryFolder()) {
  const announced: string[] = [];
  const task = newTask(given);
  const announce = (step: string) => announced.push(step);
  const result = await runSteps({ task, installer: null, steps: [] }, { folder, announce });
  return { ...result, announced, folder };
}

const script = (main: string) => ({ scripts: { main, post_install: null, rollback: null } });
const install = (main: string, post_install: string, rollback: string | null = null) =>
  ({ kind: 'install', scripts: { main, post_install, rollback } }) as const;

it('runs a script with the shell, both outputs in order and its variables as data', async () => {
  const value = `$(touch x); 'quoted' "too"\nand a line`;
  const { outcome, steps, folder } = await run({
    ...script(
      'echo one; echo two >&2; echo three; echo "$NAME" > name; echo "$PATH $LANG $FLOTILLA_TASK_ATTEMPT"; pwd; cat',
    ),
    environment: { NAME: value, PATH: '/nowhere', 'BAD NAME': 'x', FLOTILLA_TASK_ATTEMPT: '9' },
  });
  const work = join(folder, 'work');
  expect(outcome).toBe('succeeded');
  expect(steps).toMatchObject([
    {
      step: 'script',
      exit_code: 0,
      output: `one\ntwo\nthree\n/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin C.UTF-8 1\n${work}\n`,
      cut: false,
      timed_out: false,
    },
  ]);
  expect(readFileSync(join(work, 'name'), 'utf8')).toBe(`${value}\n`);
  expect(existsSync(join(work, 'x'))).toBe(false);
});

it('runs a script by the interpreter it names', async () => {
  const { steps } = await run(script('#!/usr/bin/env -S sed -n 2p\nthe second line\n'));
  expect(steps[0]).toMatchObject({ exit_code: 0, output: 'the second line\n' });
  const missing = await run(script('#!/nowhere/interpreter\n'));
  expect(missing).toMatchObject({ outcome: 'failed', reason: 'the script ended with exit code 127' });
});

it('says how a script failed', async () => {
  expect(await run(script('exit 7'))).toMatchObject({ outcome: 'failed', reason: 'the script ended with exit code 7' });
  expect(await run(script('kill -9 $$'))).toMatchObject({ reason: 'the script was ended by a signal' });
});

it('rolls back when the post-install script fails', async () => {
  expect(await run(install('echo in', 'echo checked'))).toMatchObject({
    outcome: 'succeeded',
    announced: ['installing', 'post_install'],
    steps: [{ step: 'install' }, { step: 'post_install', output: 'checked\n' }],
  });
  expect(await run(install('echo in', 'exit 3', 'echo out'))).toMatchObject({
    outcome: 'failed',
    reason: 'the post-install script ended with exit code 3; rolled back',
    announced: ['installing', 'post_install', 'rolling_back'],
    steps: [{ step: 'install' }, { step: 'post_install', exit_code: 3 }, { step: 'rollback', output: 'out\n' }],
  });
  expect(await run(install('echo in', 'exit 3', 'exit 4'))).toMatchObject({
    reason: 'the post-install script ended with exit code 3; the rollback ended with exit code 4',
  });
  expect(await run(install('echo in', 'exit 3'))).toMatchObject({
    reason: 'the post-install script ended with exit code 3; there is nothing to roll back with',
  });
  expect((await run(install('exit 1', 'echo checked', 'echo out'))).steps).toHaveLength(1);
});

it('ends a script that hangs with all that it started, even what ignores being asked and left its group', async () => {
  const { outcome, reason, steps, folder } = await run({
    ...script(
      `(trap '' TERM; echo $$ > shell; sh -c 'echo $PPID > stubborn; trap "" TERM; while :; do sleep 1; done') &
setsid sh -c 'echo $$ > away; trap "" TERM; while :; do sleep 1; done' &
echo started; while :; do sleep 1; done`,
    ),
    time_limit_seconds: 1,
  });
  expect([outcome, reason]).toEqual(['failed', 'the script took more than 1 seconds and was ended']);
  expect(steps).toMatchObject([{ exit_code: null, timed_out: true, output: expect.stringMatching(/^started\n/) }]);
  for (const name of ['stubborn', 'away']) {
    const pid = Number(readFileSync(join(folder, 'work', name), 'utf8'));
    await vi.waitUntil(() => identityOf(pid).startedAt === '', PATIENCE);
  }
}, 20_000);

it('keeps the end of an output without end', async () => {
  const { steps } = await run({
    ...script('head -c 50000000 /dev/zero | tr "\\\\0" a; printf "the end"'),
    most_output_bytes: 1000,
  });
  expect(steps).toMatchObject([{ cut: true, output: expect.stringMatching(/^a{993}the end$/) }]);
}, 20_000);

it('makes text of output that is none', async () => {
  const { steps } = await run(script("printf 'a\\0b\\377c'"));
  expect(steps).toMatchObject([{ output: 'ab\uFFFDc', cut: false }]);
});

it('does not wait for what a script leaves running', async () => {
  const since = performance.now();
  const { outcome, steps, folder } = await run(script('sleep 100 & echo $! > pid; echo done'));
  process.kill(Number(readFileSync(join(folder, 'work', 'pid'), 'utf8')), 'SIGKILL');
  expect([outcome, steps[0]?.output]).toEqual(['succeeded', 'done\n']);
  expect(performance.now() - since).toBeLessThan(10_000);
});

it('runs nothing when the package was changed after it had been verified', async () => {
  const folder = temporaryFolder();
  const installer = join(folder, 'a.deb');
  const { createHash } = await import('node:crypto');
  const wanted = { sha256: createHash('sha256').update('good').digest('hex'), size: 4, file_name: 'a.deb' };
  const task = newTask({ kind: 'install', package: wanted, ...script('cat "$INSTALLER_PATH"') });
  const attempt = () => runSteps({ task, installer, steps: [] }, { folder, announce: () => {} });
  writeFileSync(installer, 'good');
  expect((await attempt()).steps[0]?.output).toBe('good');
  writeFileSync(installer, 'evil');
  expect(await attempt()).toEqual({
    outcome: 'failed',
    reason: 'the package was changed after it had been verified',
    steps: [],
  });
});

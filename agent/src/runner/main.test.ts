import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readEnding, writePlan } from '../tasks/entry.ts';
import { newTask } from '../testing/fake-server.ts';
import { temporaryFolder } from '../testing/folder.ts';

const RUNNER = fileURLToPath(new URL('./main.ts', import.meta.url));

it('runs an attempt once, however many runners are started for it at the same time', async () => {
  const folder = temporaryFolder();
  const effects = join(folder, 'effects');
  const scripts = { main: 'echo ran >> "$EFFECTS"; sleep 0.5', post_install: null, rollback: null };
  writePlan(folder, { task: newTask({ scripts, environment: { EFFECTS: effects } }), installer: null, steps: [] });
  const runners = Array.from({ length: 6 }, () => {
    const runner = spawn(process.execPath, [RUNNER, folder], { stdio: 'ignore' });
    return new Promise((resolve) => runner.once('close', resolve));
  });
  await Promise.all(runners);
  expect(readFileSync(effects, 'utf8')).toBe('ran\n');
  expect(readEnding(folder)).toMatchObject({ state: 'finished', result: { outcome: 'succeeded' } });
}, 20_000);

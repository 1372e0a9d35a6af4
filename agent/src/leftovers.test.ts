import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { endLeftovers } from './leftovers.ts';
import { createLog } from './log.ts';
import { shellMark } from './osquery/shell.ts';
import { temporaryFolder } from './testing/folder.ts';

it('ends what earlier agents left on its folder, and only that', async () => {
  const folder = temporaryFolder();
  for (const name of ['osquery', 'bin', 'tasks']) mkdirSync(join(folder, name));
  const start = async (argument: string) => {
    const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)', '--', argument]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    return child;
  };
  const daemon = await start(`--flagfile=${join(folder, 'osquery', 'osquery.flags')}`);
  const shell = await start(shellMark(folder));
  const other = await start(shellMark(`${folder}-other`));
  await endLeftovers(
    folder,
    createLog(() => {}),
  );
  await Promise.all(
    [daemon, shell].map(
      (child) => child.exitCode ?? child.signalCode ?? new Promise((resolve) => child.once('exit', resolve)),
    ),
  );
  expect([daemon.signalCode, shell.signalCode, other.signalCode]).toEqual(['SIGTERM', 'SIGTERM', null]);
  other.kill();
  expect(['osquery', 'bin', 'tasks'].map((name) => existsSync(join(folder, name)))).toEqual([false, false, true]);
});

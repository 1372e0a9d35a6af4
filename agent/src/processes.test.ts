import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { endProcesses, processesWith } from './processes.ts';

it('ends the processes with an argument and no others', async () => {
  const argument = `--mark=${randomUUID()}`;
  const start = (mark: string) => {
    const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)', '--', mark]);
    return new Promise<typeof child>((resolve) => child.stdout.once('data', () => resolve(child)));
  };
  const [ours, other] = await Promise.all([start(argument), start(`${argument}-other`)]);
  expect(processesWith(argument)).toEqual([ours.pid]);
  await endProcesses(() => processesWith(argument));
  expect(processesWith(argument)).toEqual([]);
  expect(other.exitCode).toBeNull();
  other.kill();
});

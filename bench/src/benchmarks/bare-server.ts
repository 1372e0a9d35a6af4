import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { cpuOf } from '../measure/cpu.ts';

const PROGRAM = fileURLToPath(new URL('bare-server-program.ts', import.meta.url));

/** A process that answers every request with the same bytes: what HTTP alone costs. */
export async function startBareServer(contentType: string, body: string) {
  const child: ChildProcess = fork(PROGRAM, [contentType, body], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return {
    origin: `http://127.0.0.1:${port}`,
    cpuSeconds: () => cpuOf(child.pid ?? 0),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

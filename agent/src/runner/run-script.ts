import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StepResult } from '@flotilla/contract/agent';
import { ATTEMPT_VARIABLE, signalScript } from './end-script.ts';
import { createOutputEnd } from './output-end.ts';

export interface Script {
  step: StepResult['step'];
  text: string;
  /** Of the attempt, which is private. */
  folder: string;
  environment: Record<string, string>;
  timeLimitSeconds: number;
  mostOutputBytes: number;
}

/** Between being asked to end and being killed. */
const GRACE_MS = 5000;
/** What a script leaves running may hold its output open for good. */
const OUTPUT_GRACE_MS = 2000;
/** Runs what it is given with both outputs in one, so that they stay in order. Everything foreign is an argument. */
const MERGE = 'exec "$@" 2>&1';

/** Runs a script to its end, whatever it does. A time limit holds for all that it started. */
export async function runScript(script: Script): Promise<StepResult> {
  const since = performance.now();
  const output = createOutputEnd(script.mostOutputBytes);
  const child = start(script);
  child.stdout?.on('data', (chunk: Buffer) => output.add(chunk));
  let isTimedOut = false;
  const limit = endAfter(script.timeLimitSeconds * 1000, { child, script }, () => {
    isTimedOut = true;
  });
  const { code, error } = await endOf(child);
  limit.cancel();
  if (error !== null) output.add(Buffer.from(error));
  return {
    step: script.step,
    exit_code: isTimedOut ? null : code,
    ...output.read(),
    timed_out: isTimedOut,
    runtime_seconds: (performance.now() - since) / 1000,
  };
}

function start({ step, text, folder, environment }: Script): ChildProcess {
  const scripts = join(folder, 'scripts');
  const work = join(folder, 'work');
  for (const place of [scripts, work]) mkdirSync(place, { recursive: true, mode: 0o700 });
  const file = join(scripts, step);
  writeFileSync(file, text, { mode: 0o700 });
  const command = /^#! *\//.test(text) ? [file] : ['/bin/sh', file];
  return spawn('/bin/sh', ['-c', MERGE, 'sh', ...command], {
    cwd: work,
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
    // A session of its own, which is ended as a whole.
    detached: true,
  });
}

function endAfter(
  ms: number,
  { child, script }: { child: ChildProcess; script: Script },
  onLimit: () => void,
): { cancel(): void } {
  const target = { group: child.pid ?? null, attempt: script.environment[ATTEMPT_VARIABLE] ?? '' };
  let killing: NodeJS.Timeout | undefined;
  const limit = setTimeout(() => {
    onLimit();
    signalScript('SIGTERM', target);
    killing = setTimeout(() => signalScript('SIGKILL', target), GRACE_MS);
  }, ms);
  return {
    cancel() {
      clearTimeout(limit);
      // The script itself may have ended at the first signal; what it started is ended now.
      if (killing) signalScript('SIGKILL', target);
      clearTimeout(killing);
    },
  };
}

/** Waits for a script, and some time for the rest of its output. */
function endOf(child: ChildProcess): Promise<{ code: number | null; error: string | null }> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, error: `cannot be started: ${error.message}` }));
    child.once('exit', (code) => {
      const finish = () => {
        clearTimeout(grace);
        child.stdout?.destroy();
        resolve({ code, error: null });
      };
      const grace = setTimeout(finish, OUTPUT_GRACE_MS);
      child.once('close', finish);
    });
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from './log.ts';

/** osqueryd ends with this code when the server does not let it enrol, or cannot be reached. */
const COULD_NOT_ENROL = 78;
const WHY_NOT = 'the server is not reached, or refuses the enrol secret';
const KILL_AFTER_MS = 15_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/** Milliseconds before the next start: doubled with each early end, short again after a run that lasted. */
export function pauseAfter(ranForMs: number, lastPauseMs: number): number {
  if (ranForMs > LONGEST_PAUSE_MS || lastPauseMs === 0) return FIRST_PAUSE_MS;
  return Math.min(lastPauseMs * 2, LONGEST_PAUSE_MS);
}

/** Keeps a program running until the signal, then ends it in order. */
export async function supervise(
  start: { program: string; args: string[] },
  context: { signal: AbortSignal; log: Log; progress: (text: string) => void },
): Promise<void> {
  const { signal, log, progress } = context;
  let pauseMs = 0;
  while (!signal.aborted) {
    const since = Date.now();
    const how = await runOnce(start, context);
    if (signal.aborted) return;
    pauseMs = pauseAfter(Date.now() - since, pauseMs);
    const fields = { ...how, pauseSeconds: pauseMs / 1000 };
    if (how.code === COULD_NOT_ENROL) {
      log.warn(`osquery could not enrol: ${WHY_NOT}`, fields);
    } else {
      log.warn('osquery ended by itself', fields);
    }
    progress(`osquery starts again in ${pauseMs / 1000} s`);
    await delay(pauseMs, undefined, { signal }).catch(() => {});
  }
}

interface Ending {
  code: number | null;
  killedBy: string | null;
  reason?: string;
}

async function runOnce(
  { program, args }: { program: string; args: string[] },
  { signal, log }: { signal: AbortSignal; log: Log },
): Promise<Ending> {
  // Detached, so that Ctrl-C on a terminal reaches the agent only.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, cwd: '/' });
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', (error) => resolve({ code: null, killedBy: null, reason: error.message }));
    child.once('exit', (code, killedBy) => resolve({ code, killedBy }));
  });
  log.info('osquery started', { program, pid: child.pid });
  followOutput(child, log);
  const stop = () => void child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const how = await Promise.race([ended, giveUpWaiting(signal, ended)]);
  signal.removeEventListener('abort', stop);
  if (how) return how;
  child.kill('SIGKILL');
  return ended;
}

/** @returns null when the program has not ended some time after it was asked to */
async function giveUpWaiting(signal: AbortSignal, ended: Promise<unknown>): Promise<null> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([ended, delay(KILL_AFTER_MS, undefined, { ref: false })]);
  return null;
}

/** A line of osquery's log starts like `W1123 20:15:42.000000  1234 tls_enroll.cpp:76] `; the rest is what it says. */
const PREFIX = /^([IWEF])\d{4} [\d:.]+ +\d+ [\w.]+:\d+\] /;

function followOutput(child: ChildProcess, log: Log): void {
  for (const output of [child.stdout, child.stderr]) {
    if (!output) continue;
    createInterface({ input: output }).on('line', (line) => {
      const text = line.replace(PREFIX, '').trim();
      if (text === '') return;
      const fields = { severity: PREFIX.exec(line)?.[1] ?? '', text };
      if (text.startsWith('Failed enrollment request')) log.warn(`osquery cannot enrol yet: ${WHY_NOT}`, fields);
      else log.info('osquery said', fields);
    });
  }
}

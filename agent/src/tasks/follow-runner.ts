import { type ChildProcess, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isAlive } from '../process-identity.ts';
import { signalScript } from '../runner/end-script.ts';
import { type Entry, finished, nameOf, readEnding, readRunner, readStep, withhold, writeEnding } from './entry.ts';

/** JavaScript as it is built, TypeScript in the sources. */
const RUNNER = fileURLToPath(new URL(`../runner/main${extname(import.meta.url)}`, import.meta.url));
const POLL_MS = 100;

/** Starts a runner that belongs to nobody: it goes on when the agent ends. */
export function startRunner(entry: Entry): ChildProcess {
  const child = spawn(process.execPath, [...process.execArgv, RUNNER, entry.folder], {
    detached: true,
    stdio: 'ignore',
    cwd: '/',
    env: { PATH: process.env.PATH ?? '' },
  });
  child.unref();
  return child;
}

interface Following {
  signal: AbortSignal;
  /** The runner, if it is ours; one that an earlier agent started is known by its attempt alone. */
  child: ChildProcess | null;
  onStep: (step: string) => void;
}

/** Waits until an attempt has an end; one whose runner is gone without leaving one gets it here, or when the signal comes. */
export async function followRunner(entry: Entry, { signal, child, onStep }: Following): Promise<void> {
  let failure = '';
  child?.once('error', (error) => {
    failure = error.message;
  });
  const isOurs = () => child !== null && failure === '' && child.exitCode === null && child.signalCode === null;
  while (!signal.aborted) {
    const runner = readRunner(entry.folder);
    // Asked before the end is read: whatever a runner left behind is there then.
    const mayGoOn = runner ? isAlive(runner) : isOurs();
    if (readEnding(entry.folder)) return;
    const step = readStep(entry.folder);
    if (step !== null) onStep(step);
    if (!mayGoOn) endWithout(entry, { hasBegun: runner !== null, failure });
    else await delay(POLL_MS, undefined, { signal }).catch(() => {});
  }
}

function endWithout(entry: Entry, { hasBegun, failure }: { hasBegun: boolean; failure: string }): void {
  if (hasBegun) {
    // Nobody waits for its scripts any more: whatever goes on of them would go on unseen.
    signalScript('SIGKILL', { group: null, attempt: nameOf(entry) });
    const reason = 'the host or the runner of its scripts went down in the middle';
    writeEnding(entry.folder, finished(entry, { outcome: 'interrupted', reason, steps: [] }));
  } else {
    const reason = `its scripts could not be started${failure && `: ${failure}`}`;
    withhold(entry.folder, finished(entry, { outcome: 'failed', reason, steps: [] }));
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { waitUntil } from './wait-until.ts';

const START = fileURLToPath(new URL('../../bin/start.js', import.meta.url));

/** What `npm start` runs, as a whole: server, database and agent. */
export interface RunningStart {
  /** What it has shown so far. */
  output(): string;
  /** Waits until it says that it runs. */
  ready(): Promise<void>;
  /** Asks it to stop. @returns its exit code, null when a signal ended it */
  stop(): Promise<number | null>;
}

export function runStart(environment: Record<string, string>): RunningStart {
  const child: ChildProcess = spawn(process.execPath, [START], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, FLOTILLA_OPEN_BROWSER: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    output: () => output,
    async ready() {
      await waitUntil('Flotilla runs', () => output.includes('Ctrl-C stops it') || child.exitCode !== null, 150);
      if (child.exitCode !== null) throw new Error(`It ended:\n${output}`);
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** The command lines of processes that name a folder. */
export function processesOn(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(commandLine)
    .filter((line) => line.includes(folder));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

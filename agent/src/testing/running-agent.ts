import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { endProcesses, processesWith } from '../processes.ts';
import type { FakeServer } from './fake-server.ts';
import { temporaryFolder } from './folder.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface LogLine {
  level: string;
  msg: string;
  [field: string]: unknown;
}

/** The real program on a folder of its own. */
export interface RunningAgent {
  /** The agent's part of the data folder. */
  folder: string;
  pid(): number;
  log(): LogLine[];
  start(): void;
  /** As a power cut does. */
  kill(): Promise<void>;
  /** In order. @returns its exit code */
  stop(): Promise<number | null>;
}

export function startAgent(server: FakeServer, { isAdmitted = true } = {}): RunningAgent {
  const dataFolder = temporaryFolder();
  const folder = join(dataFolder, 'agent');
  mkdirSync(folder, { mode: 0o700 });
  if (isAdmitted) server.admit(folder);
  let child: ChildProcess;
  let ended: Promise<number | null>;
  let output = '';
  const start = () => {
    child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
      env: { PATH: process.env.PATH, FLOTILLA_DATA_DIR: dataFolder, FLOTILLA_SERVER_URL: server.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk;
      });
    }
    ended = new Promise((resolve) => child.once('close', resolve));
  };
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  onTestFinished(async () => {
    await end('SIGKILL');
    // Runners outlive their agent, and are told apart by the folder they are given.
    await endProcesses(() => processesUnder(folder));
  });
  start();
  return {
    folder,
    pid: () => child.pid ?? 0,
    log: () =>
      output
        .split('\n')
        .filter((line) => line.startsWith('{') && line.endsWith('}'))
        .map((line) => JSON.parse(line) as LogLine),
    start,
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

function processesUnder(folder: string): number[] {
  return processesWith((argument) => argument.includes(folder));
}

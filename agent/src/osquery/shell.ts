import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir, setPriority } from 'node:os';
import type { BatchReader } from './batch-reader.ts';

export interface Limits {
  /** Of one query. */
  seconds: number;
  /** Of all queries of a batch, however often osquery had to be started for them. */
  batchSeconds: number;
  /** Of the rows of one query. */
  outputBytes: number;
  memoryBytes: number;
}

/**
 * A server takes bodies of 64 MiB: one answer has to fit with room to spare. It asks three times, a minute apart: a batch
 * has to be answered before it gives up.
 */
export const LIMITS: Limits = {
  seconds: 60,
  batchSeconds: 150,
  outputBytes: 48 * 1024 * 1024,
  memoryBytes: 1024 * 1024 * 1024,
};

/** A query can take a gigabyte in a second. */
const WATCH_MS = 100;
/** Of the 20 steps of politeness; the work of the host goes first. */
const NICE = 10;

/** Marks the children of this agent, so that those an interrupted one left are found. */
export const shellMark = (folder: string) => `--logger_path=${folder}`;

/** Nothing of the host's own osquery is used, and nothing is written. */
const argumentsFor = (folder: string) => [
  '-S',
  '--json',
  '--ephemeral',
  '--disable_database',
  '--disable_extensions',
  '--flagfile=/dev/null',
  '--config_path=/dev/null',
  shellMark(folder),
];

/** Why a shell did not come to the end of its batch. */
export interface Ending {
  reason: string;
  /** The batch as a whole took too long. */
  isOfBatch: boolean;
}

/**
 * Runs one shell of osquery over a batch until it ends or has to be ended.
 * @returns why it did not come to its end by itself; null when it did
 */
export async function runShell(
  options: { program: string; folder: string; limits: Limits; signal: AbortSignal },
  { reader, deadline }: { reader: BatchReader; deadline: number },
): Promise<Ending | null> {
  const { program, folder, limits, signal } = options;
  const child = spawn(program, argumentsFor(folder), {
    argv0: 'osqueryi',
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its own process group, which is ended as a whole.
    detached: true,
    cwd: '/',
    env: { PATH: process.env.PATH ?? '', HOME: homedir(), LANG: 'C.UTF-8' },
  });
  let cause: Ending | null = null;
  const end = (reason: string, isOfBatch = false) => {
    cause ??= { reason, isOfBatch };
    killGroup(child);
  };
  const ended = new Promise<Ending>((resolve) => {
    const say = (reason: string) => resolve({ reason, isOfBatch: false });
    child.once('error', (error) => say(`osquery cannot be started: ${error.message}`));
    child.once('close', (code, by) => say(by ? `it was ended by ${by}` : `it ended with exit code ${code}`));
  });
  const watch = watchOver({ child, reader, limits, deadline, end });
  const stop = () => end('the agent stops');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  beNice(child);
  // It may end before it has read everything.
  child.stdin.on('error', () => {});
  child.stdin.end(reader.input);
  try {
    const how = await ended;
    return reader.isWhole() ? null : (cause ?? how);
  } finally {
    clearInterval(watch);
    signal.removeEventListener('abort', stop);
  }
}

interface Watched {
  child: ChildProcess;
  reader: BatchReader;
  limits: Limits;
  /** Of the batch, by the steady clock. */
  deadline: number;
  end: (why: string, isOfBatch?: boolean) => void;
}

function watchOver({ child, reader, limits, deadline, end }: Watched): NodeJS.Timeout {
  let statement = reader.current();
  let since = performance.now();
  child.stdout?.on('data', (chunk: Buffer) => {
    reader.readOutput(chunk);
    if (reader.currentBytes() > limits.outputBytes) end(`it answered more than ${inMiB(limits.outputBytes)} MiB`);
  });
  child.stderr?.on('data', (chunk: Buffer) => reader.readErrors(chunk));
  return setInterval(() => {
    const now = performance.now();
    if (reader.current() !== statement) [statement, since] = [reader.current(), now];
    if (now - since > limits.seconds * 1000) end(`it took more than ${limits.seconds} seconds`);
    if (now > deadline) end(`the queries it came with took more than ${limits.batchSeconds} seconds`, true);
    if (memoryOf(child.pid) > limits.memoryBytes) end(`it took more than ${inMiB(limits.memoryBytes)} MiB of memory`);
  }, WATCH_MS);
}

const inMiB = (bytes: number) => Math.floor(bytes / 1024 / 1024);

/** Resident bytes of a process; 0 where the system does not show them. */
function memoryOf(pid: number | undefined): number {
  if (process.platform !== 'linux') return 0;
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function beNice({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, NICE);
  } catch {
    // It has ended already.
  }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

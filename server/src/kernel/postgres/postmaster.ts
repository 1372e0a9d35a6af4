import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { cleanEnv, SUPERUSER } from './cluster.ts';
import type { DatabaseUser } from './database-user.ts';
import { EmbeddedPostgresError, lastWords } from './embedded-error.ts';
import { PORT } from './socket-folder.ts';
import { isAlive } from './temporary.ts';

export interface Postmaster {
  socketFolder: string;
  port: number;
  pid: number;
  /** Resolves when it has ended. */
  ended: Promise<void>;
}

export interface PostmasterOptions {
  cluster: string;
  programs: string;
  socketFolder: string;
  user: DatabaseUser;
  settings: Record<string, string>;
  logFile: string;
  progress: (text: string) => void;
}

const TOO_MANY_CONNECTIONS = '53300';
const POLL_MS = 20;
const WATCH_MS = 100;
const PATIENCE_MS = 5000;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** A database left by a killed server may still be held by its last processes for a moment, or be shutting down. */
const HELD = /lock file .* already exists|pre-existing shared memory block/;

/**
 * Adopts the PostgreSQL that runs on this cluster, or starts one. Which of two starting processes wins is decided by
 * PostgreSQL's own lock file.
 */
export async function runPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const notice = noticeDelays(options.progress);
  for (;;) {
    const running = await findRunning(options.cluster);
    if (running) return running;
    const started = await tryStart(options, notice);
    if (typeof started !== 'string') return started;
    if (!HELD.test(started)) {
      throw new EmbeddedPostgresError(`The database in ${options.cluster} does not start: ${lastWords(started)}`);
    }
    removeForeignLocks(options);
    notice('Waiting for the database of an earlier start');
    await delay(200);
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
export async function stopPostmaster({ pid, ended }: Postmaster): Promise<void> {
  // Its id may belong to something else once it has ended.
  const hasEnded = await Promise.race([ended.then(() => true), delay(0, false)]);
  if (!hasEnded && isAlive(pid)) process.kill(pid, 'SIGINT');
  // What waits for the end does not keep this process alive; this does.
  const alive = setInterval(() => {}, 1000);
  await ended;
  clearInterval(alive);
}

/** The PostgreSQL that runs on the cluster and answers. */
export async function findRunning(cluster: string): Promise<Postmaster | null> {
  const lock = readLock(cluster);
  if (!lock?.socketFolder || !isAlive(lock.pid)) return null;
  const address = { socketFolder: lock.socketFolder, port: lock.port };
  return (await answers(address)) ? { ...address, pid: lock.pid, ended: endOf(lock.pid) } : null;
}

/** For a process that is not a child of this one. */
async function endOf(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(WATCH_MS, undefined, { ref: false });
}

async function answers({ socketFolder, port }: { socketFolder: string; port: number }): Promise<boolean> {
  if (!existsSync(join(socketFolder, `.s.PGSQL.${port}`))) return false;
  const client = new pg.Client({ host: socketFolder, port, user: SUPERUSER, database: 'postgres' });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    return (error as { code?: string }).code === TOO_MANY_CONNECTIONS;
  }
}

/** @returns the started PostgreSQL, or its last output when it ended */
async function tryStart(options: PostmasterOptions, notice: (text: string) => void): Promise<Postmaster | string> {
  const log = openLog(options.logFile);
  const from = statSync(options.logFile).size;
  const child = spawn(join(options.programs, 'postgres'), argumentsFor(options), {
    ...options.user.ids,
    cwd: '/',
    env: cleanEnv(),
    // A session of its own: Ctrl-C reaches this process only, which then stops the database in order.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const failed = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', () => resolve(readFileSync(options.logFile).subarray(from).toString('utf8')));
  });
  const ended = failed.then((output) => ({ output }));
  for (;;) {
    const result = await Promise.race([ended, delay(POLL_MS)]);
    if (result) return result.output;
    const lock = readLock(options.cluster);
    if (lock?.pid === child.pid && lock?.status === 'ready') {
      child.unref();
      return { socketFolder: options.socketFolder, port: PORT, pid: lock.pid, ended: ended.then(() => {}) };
    }
    notice('Waiting for the database to recover from an interrupted run');
  }
}

function argumentsFor({ cluster, socketFolder, settings }: PostmasterOptions): string[] {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', cluster, '-k', socketFolder, '-p', String(PORT), ...flags];
}

/** Appends, and starts anew when the file has grown large. */
function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.old`);
  return openSync(file, 'a', 0o600);
}

interface Lock {
  pid: number;
  port: number;
  socketFolder: string;
  status: string;
}

function readLock(cluster: string): Lock | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const line = (number: number) => lines[number - 1]?.trim() ?? '';
    return { pid: Number(line(1)), port: Number(line(4)), socketFolder: line(5), status: line(8) };
  } catch {
    return null;
  }
}

/** After a crash of the machine the id in a lock file may be that of another program, which PostgreSQL would wait for. */
function removeForeignLocks({ cluster, socketFolder }: PostmasterOptions): void {
  if (process.platform !== 'linux') return;
  for (const file of [join(cluster, 'postmaster.pid'), join(socketFolder, `.s.PGSQL.${PORT}.lock`)]) {
    try {
      const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
      if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') rmSync(file);
    } catch {
      // The file or the program is gone.
    }
  }
}

/** Says once that it takes longer than usual. */
function noticeDelays(progress: (text: string) => void): (text: string) => void {
  const patientUntil = Date.now() + PATIENCE_MS;
  let said = false;
  return (text) => {
    if (said || Date.now() < patientUntil) return;
    said = true;
    progress(text);
  };
}

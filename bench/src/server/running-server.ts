import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from './free-ports.ts';

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));

/** A server of our own with an embedded database of its own, in a folder that ends with it. */
export interface RunningServer {
  origin: string;
  tlsOrigin: string;
  /** Its data folder. */
  folder: string;
  pid: number;
  postmaster: Postmaster;
  enrolSecret: string;
  /** Of the first administrator. */
  token: string;
  logFile: string;
  /** Ends the server as a power cut would, and starts it again on the same folder. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

export interface Postmaster {
  pid: number;
  connection: { host: string; port: number; user: string; database: string };
}

export interface ServerOptions {
  inventoryIntervalSeconds: number;
  /** Files of the feeds the server is to use, by path: a benchmark never asks the world. */
  mirror: Record<string, string>;
  print: (line: string) => void;
  /** Its folder, which stays, with what it already holds; empty: a temporary one. */
  keep: string;
}

/** Starts the real server and makes its first administrator. A signal to us ends it too. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { keep } = options;
  const folder = await makeFolder(keep);
  const [http, tls] = await freePorts(2);
  const logFile = join(folder, 'server.log');
  const settings = {
    FLOTILLA_DATA_DIR: folder,
    FLOTILLA_HTTP_PORT: String(http),
    FLOTILLA_TLS_PORT: String(tls),
    FLOTILLA_INVENTORY_INTERVAL: String(options.inventoryIntervalSeconds),
    FLOTILLA_LOG_LEVEL: 'warn',
    FLOTILLA_DATABASE_URL: '',
    FLOTILLA_FEEDS_URL: join(folder, 'mirror'),
  };
  let { child, log } = runServer(logFile, settings);
  const interrupt = () => void stop().finally(() => process.exit(1));
  const stop = async () => {
    for (const signal of signals) process.off(signal, interrupt);
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    log.end();
    if (!keep) await rm(folder, { recursive: true, force: true });
  };
  for (const signal of signals) process.once(signal, interrupt);
  try {
    await writeMirror(join(folder, 'mirror'), options.mirror);
    await waitUntilReady(child, { logFile, print: options.print });
    const origin = `http://127.0.0.1:${http}`;
    const postmaster = await findPostmaster(folder);
    const tlsOrigin = `https://localhost:${tls}`;
    const access = await setUpOnce(folder, origin);
    const server: RunningServer = {
      ...{ origin, tlsOrigin, folder, pid: child.pid ?? 0, postmaster, logFile, stop, ...access },
      async crash() {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
        log.end();
        ({ child, log } = runServer(logFile, settings));
        await waitUntilReady(child, { logFile, print: () => undefined });
        server.pid = child.pid ?? 0;
        server.postmaster = await findPostmaster(folder);
      },
    };
    return server;
  } catch (error) {
    await stop();
    throw error;
  }
}

const signals = ['SIGINT', 'SIGTERM'] as const;

async function makeFolder(keep: string): Promise<string> {
  const folder = keep ? resolve(keep) : await mkdtemp(join(tmpdir(), 'flotilla-bench-'));
  if (keep) await mkdir(folder, { recursive: true });
  // The database may run as a user of its own, who has to pass through.
  await chmod(folder, 0o711);
  return folder;
}

/** One process of a server. */
export function runServer(logFile: string, settings: Record<string, string>) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...settings },
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  return { child, log };
}

async function writeMirror(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** @throws Error with the end of its log when it ends instead */
export async function waitUntilReady(
  child: ChildProcess,
  { logFile, print }: { logFile: string; print: (line: string) => void },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message: { type: string; text?: string }) => {
      if (message.type === 'progress') print(`server: ${message.text}`);
      if (message.type === 'ready') resolve();
    });
    child.once('exit', async (code) => {
      const words = await readFile(logFile, 'utf8').catch(() => '');
      reject(new Error(`the server ended with code ${code}: ${words.slice(-2000)}`));
    });
  });
}

/** PostgreSQL writes down who it is: its id first, then its port in line 4 and the folder of its socket in line 5. */
export async function findPostmaster(folder: string): Promise<Postmaster> {
  const root = join(folder, 'postgres');
  for (const name of await readdir(root)) {
    const text = await readFile(join(root, name, 'postmaster.pid'), 'utf8').catch(() => null);
    if (text === null) continue;
    const lines = text.split('\n');
    const connection = { host: lines[4] ?? '', port: Number(lines[3]), user: 'flotilla', database: 'flotilla' };
    return { pid: Number(lines[0]), connection };
  }
  throw new Error(`no running PostgreSQL below ${root}`);
}

interface Access {
  token: string;
  enrolSecret: string;
}

/** A folder that was kept remembers who may enter. */
async function setUpOnce(folder: string, origin: string): Promise<Access> {
  const file = join(folder, 'bench-access.json');
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return JSON.parse(known) as Access;
  const access = await setUp(origin);
  await writeFile(file, JSON.stringify(access), { mode: 0o600 });
  return access;
}

/** How the first administrator signs in. */
export const administrator = { email: 'bench@example.org', password: 'Benchmarks need 1 password!' };

async function setUp(origin: string): Promise<Access> {
  const admin = { name: 'Bench', ...administrator };
  const response = await fetch(`${origin}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ admin, org_info: { org_name: 'Bench' } }),
  });
  const body = (await response.json()) as { token?: string; osquery_enroll_secret?: string };
  if (!body.token || !body.osquery_enroll_secret) throw new Error(`set-up answered ${JSON.stringify(body)}`);
  return { token: body.token, enrolSecret: body.osquery_enroll_secret };
}

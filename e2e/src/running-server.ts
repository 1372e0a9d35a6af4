import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

const MAIN = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));
const KEPT_LOG = 20_000;

/** A server as a process of its own, with a data folder and ports of its own. */
export interface RunningServer {
  httpUrl: string;
  tlsUrl: string;
  /** The link that makes the first administrator; empty once there is one. */
  setupUrl: string;
  dataDir: string;
  /** The environment it runs in, for other programs on the same data folder. */
  environment: Record<string, string>;
  /** The end of what it logged. */
  log(): string;
  /** Stops it in order; `start` starts it again on the same data and ports. */
  halt(): Promise<void>;
  /** Ends it with SIGKILL, and with it nothing else: its database keeps running. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

interface Ready {
  type: 'ready';
  httpUrl: string;
  tlsUrl: string;
  setupUrl: string | null;
}

/** Starts a server. @throws Error with the end of its log when it does not get ready */
export async function startServer(given: Record<string, string> = {}): Promise<RunningServer> {
  const dataDir = given.FLOTILLA_DATA_DIR ?? temporaryFolder();
  const environment = {
    PATH: process.env.PATH ?? '',
    FLOTILLA_DATA_DIR: dataDir,
    FLOTILLA_HTTP_PORT: String(await freePort()),
    FLOTILLA_TLS_PORT: String(await freePort()),
    // Nothing is in it: no test goes to the upstreams, or waits for the data that come with Flotilla.
    FLOTILLA_FEEDS_URL: join(dataDir, 'no-mirror'),
    ...given,
  };
  let log = '';
  let child: ChildProcess;
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  const server: RunningServer = {
    httpUrl: '',
    tlsUrl: '',
    setupUrl: '',
    dataDir,
    environment,
    log: () => log,
    halt: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async start() {
      child = spawn(process.execPath, [MAIN], { env: environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
      for (const output of [child.stdout, child.stderr]) {
        output?.on('data', (chunk: Buffer) => {
          log = `${log}${chunk}`.slice(-KEPT_LOG);
        });
      }
      const { httpUrl, tlsUrl, setupUrl } = await ready(child, () => log);
      Object.assign(server, { httpUrl, tlsUrl, setupUrl: setupUrl ?? '' });
    },
    async stop() {
      await end('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

function ready(child: ChildProcess, log: () => string): Promise<Ready> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: { type: string }) => {
      if (message.type === 'ready') resolve(message as Ready);
    });
    child.once('close', (code) => reject(new Error(`The server ended with code ${code}:\n${log()}`)));
  });
}

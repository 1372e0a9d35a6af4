import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RunningServer } from './running-server.ts';

/** As hosts run it: built, from the sources as they are now. */
const MAIN = fileURLToPath(new URL('../../agent/dist/main.js', import.meta.url));
const BUILDS = new URL('../../bin/builds.js', import.meta.url).href;
const { ensureAgent } = await import(BUILDS);
await ensureAgent({ step() {}, done() {} });

const KEPT_LOG = 20_000;

/** Flotilla's agent on this machine, as a process of its own. */
export interface RunningAgent {
  /** The end of what it logged. */
  log(): string;
  start(): void;
  /** Ends it with SIGKILL, and with it nothing else. */
  kill(): Promise<void>;
  /** Stops it in order. */
  stop(): Promise<void>;
}

/** Starts the agent on the data folder of a server, unless it is given another. */
export function startAgent(server: RunningServer, given: Record<string, string> = {}): RunningAgent {
  let log = '';
  let child: ChildProcess;
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  const agent: RunningAgent = {
    log: () => log,
    start() {
      const env = {
        ...server.environment,
        FLOTILLA_SERVER_URL: server.tlsUrl,
        HOME: process.env.HOME ?? '/',
        ...given,
      };
      child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      for (const output of [child.stdout, child.stderr]) {
        output?.on('data', (chunk: Buffer) => {
          log = `${log}${chunk}`.slice(-KEPT_LOG);
        });
      }
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
  agent.start();
  return agent;
}

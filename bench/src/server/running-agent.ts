import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { RunningServer } from './running-server.ts';

const FLOTILLA = fileURLToPath(new URL('../../../bin/flotilla.js', import.meta.url));
const POLL_MS = 250;
const PATIENCE_SECONDS = 300;

/** The real agent on this machine, started as people start it. */
export interface RunningAgent {
  pid: number;
  host: HostRow;
  stop(): Promise<void>;
}

export interface HostRow {
  id: number;
  detail_updated_at: string;
  software_updated_at: string;
  refetch_requested: boolean;
}

/** Starts it in a folder that ends with it, and waits for its first inventory. */
export async function startAgent(server: RunningServer): Promise<RunningAgent> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'flotilla-bench-agent-'));
  const folder = join(dataFolder, 'agent');
  await mkdir(folder, { mode: 0o700 });
  await writeFile(join(folder, 'enrol-secret'), server.enrolSecret, { mode: 0o600 });
  await copyFile(join(server.folder, 'agent', 'server-ca.pem'), join(folder, 'server-ca.pem'));
  const child = spawn(process.execPath, [FLOTILLA, 'agent'], {
    env: { PATH: process.env.PATH, FLOTILLA_DATA_DIR: dataFolder, FLOTILLA_SERVER_URL: server.tlsOrigin },
    stdio: 'ignore',
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    await rm(dataFolder, { recursive: true, force: true });
  };
  try {
    const host = await waitForInventory(server, '');
    return { pid: Number(await readFile(join(folder, 'agent.pid'), 'utf8')), host, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The one host, once it has a whole inventory that is newer than a moment. */
export async function waitForInventory(server: RunningServer, after: string): Promise<HostRow> {
  const deadline = performance.now() + PATIENCE_SECONDS * 1000;
  while (performance.now() < deadline) {
    const { hosts } = await call<{ hosts: HostRow[] }>(server, 'GET', '/api/v1/fleet/hosts');
    const [host] = hosts;
    const isThere = host && !host.refetch_requested && host.software_updated_at > '2001';
    if (isThere && host.detail_updated_at > after) return host;
    await delay(POLL_MS);
  }
  throw new Error(`the agent sent no inventory within ${PATIENCE_SECONDS} seconds`);
}

/** Asks one process of a server as its administrator. */
export async function call<T>(
  { origin, token }: Pick<RunningServer, 'origin' | 'token'>,
  method: 'GET' | 'POST',
  ...[path, body]: [path: string, body?: object]
): Promise<T> {
  const response = await fetch(origin + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

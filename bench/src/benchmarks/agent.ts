import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cpuOf, endedChildrenCpuOf, residentMegabytes } from '../measure/cpu.ts';
import { round } from '../measure/percentile.ts';
import { measureUsage } from '../measure/usage.ts';
import { type RunningServer, startServer } from '../server/running-server.ts';
import type { Benchmark } from './benchmark.ts';

const MAIN = fileURLToPath(new URL('../../../agent/src/main.ts', import.meta.url));
const IDLE_SECONDS = 60;
/** After an inventory, until its garbage is collected and its connections rest. */
const REST_SECONDS = 5;
const POLL_MS = 250;
const PATIENCE_SECONDS = 300;
const HOUR = 3600;

/** What the real agent on this machine takes from its host: while it has nothing to do, and for one inventory. */
export const agent: Benchmark = async (options, print) => {
  const server = await startServer({ inventoryIntervalSeconds: HOUR, mirror: {}, print, keep: '' });
  const folder = await mkdtemp(join(tmpdir(), 'flotilla-bench-agent-'));
  const child = await startAgent(server, folder);
  const pid = child.pid ?? 0;
  try {
    print('the first inventory');
    const first = await waitForInventory(server, '');
    await delay(REST_SECONDS * 1000);
    print('one more inventory, asked for by a person');
    const before = { agent: cpuOf(pid), osquery: endedChildrenCpuOf(pid), at: performance.now() };
    await call(server, 'POST', `/api/v1/fleet/hosts/${first.id}/refetch`);
    await waitForInventory(server, first.detail_updated_at);
    const seconds = (performance.now() - before.at) / 1000;
    await delay(REST_SECONDS * 1000);
    const inventory = { agent: cpuOf(pid) - before.agent, osquery: endedChildrenCpuOf(pid) - before.osquery };
    const idleSeconds = options.seconds || IDLE_SECONDS;
    print(`${idleSeconds} seconds of nothing to do`);
    let idleCpu = 0;
    const usage = await measureUsage(server, async () => {
      const since = cpuOf(pid);
      await delay(idleSeconds * 1000);
      idleCpu = cpuOf(pid) - since;
    });
    return {
      ...usage,
      agentResidentMegabytes: residentMegabytes(pid),
      agentIdleCpuPercent: round((idleCpu / idleSeconds) * 100, 3),
      inventoryWallSeconds: round(seconds),
      inventoryAgentCpuSeconds: round(inventory.agent),
      inventoryOsqueryCpuSeconds: round(inventory.osquery),
    };
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
    await server.stop();
  }
};

async function startAgent(server: RunningServer, dataFolder: string): Promise<ChildProcess> {
  const folder = join(dataFolder, 'agent');
  await mkdir(folder, { mode: 0o700 });
  await writeFile(join(folder, 'enrol-secret'), server.enrolSecret, { mode: 0o600 });
  await copyFile(join(server.folder, 'agent', 'server-ca.pem'), join(folder, 'server-ca.pem'));
  return spawn(process.execPath, [...AGENT_OPTIONS, MAIN], {
    env: { PATH: process.env.PATH, FLOTILLA_DATA_DIR: dataFolder, FLOTILLA_SERVER_URL: server.tlsOrigin },
    stdio: 'ignore',
  });
}

/** As `flotilla` starts it. */
const AGENT_OPTIONS = ['--disable-warning=ExperimentalWarning'];

interface HostRow {
  id: number;
  detail_updated_at: string;
  software_updated_at: string;
  refetch_requested: boolean;
}

/** The one host, once it has a whole inventory that is newer than a moment. */
async function waitForInventory(server: RunningServer, after: string): Promise<HostRow> {
  const deadline = performance.now() + PATIENCE_SECONDS * 1000;
  while (performance.now() < deadline) {
    const { hosts } = (await call(server, 'GET', '/api/v1/fleet/hosts')) as { hosts: HostRow[] };
    const [host] = hosts;
    const isThere = host && !host.refetch_requested && host.software_updated_at > '2001';
    if (isThere && host.detail_updated_at > after) return host;
    await delay(POLL_MS);
  }
  throw new Error(`the agent sent no inventory within ${PATIENCE_SECONDS} seconds`);
}

async function call(server: RunningServer, method: string, path: string): Promise<unknown> {
  const response = await fetch(server.origin + path, { method, headers: { authorization: `Bearer ${server.token}` } });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

import { setTimeout as delay } from 'node:timers/promises';
import { cpuOf, endedChildrenCpuOf, residentMegabytes } from '../measure/cpu.ts';
import { round } from '../measure/percentile.ts';
import { measureUsage } from '../measure/usage.ts';
import { call, startAgent, waitForInventory } from '../server/running-agent.ts';
import { startServer } from '../server/running-server.ts';
import type { Benchmark } from './benchmark.ts';

const IDLE_SECONDS = 60;
/** After an inventory, until its garbage is collected and its connections rest. */
const REST_SECONDS = 5;
const HOUR = 3600;

/** What the real agent on this machine takes from its host: while it has nothing to do, and for one inventory. */
export const agent: Benchmark = async (options, print) => {
  const server = await startServer({ inventoryIntervalSeconds: HOUR, mirror: {}, print, keep: '' });
  try {
    print('the first inventory');
    const { pid, host, stop } = await startAgent(server);
    try {
      await delay(REST_SECONDS * 1000);
      print('one more inventory, asked for by a person');
      const before = { agent: cpuOf(pid), osquery: endedChildrenCpuOf(pid), at: performance.now() };
      await call(server, 'POST', `/api/v1/fleet/hosts/${host.id}/refetch`);
      await waitForInventory(server, host.detail_updated_at);
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
      await stop();
    }
  } finally {
    await server.stop();
  }
};

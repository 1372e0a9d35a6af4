import { percentile, round } from '../measure/percentile.ts';
import { measureUsage, type Usage } from '../measure/usage.ts';
import { concurrently } from '../simulator/concurrently.ts';
import { updateSome } from '../simulator/machine.ts';
import type { Benchmark, Figures } from './benchmark.ts';
import { loggedBytes } from './database.ts';
import { type InventoryBody, inventoryBodies, parseSeconds } from './inventory-bodies.ts';
import { type Loaded, withLoadedServer } from './loaded-server.ts';

const AT_ONCE = 128;

/** Every host delivers the inventory the server already has, three times. */
export const ingestUnchanged: Benchmark = (options, print) =>
  withLoadedServer(options, print, async (loaded) => {
    const bodies = inventoryBodies(loaded.fleet);
    return deliver(loaded, [...bodies, ...bodies, ...bodies]);
  });

/** Every host delivers an inventory in which some of its packages were updated, twice. */
export const ingestChanged: Benchmark = (options, print) =>
  withLoadedServer(options, print, async (loaded) => {
    const { fleet } = loaded;
    let changedRows = 0;
    const rounds = [1, 2].map(() => {
      for (const { machine } of fleet.hosts) changedRows += updateSome(machine, options.churn);
      return inventoryBodies(fleet);
    });
    return { changedRows, ...(await deliver(loaded, rounds.flat())) };
  });

async function deliver({ server, fleet, print }: Loaded, bodies: InventoryBody[]): Promise<Figures & Usage> {
  print(`delivering ${bodies.length} inventories`);
  const milliseconds: number[] = [];
  const before = await loggedBytes(server.postmaster);
  const usage = await measureUsage(server, () =>
    concurrently(bodies, AT_ONCE, async ({ body }) => {
      const began = performance.now();
      const { status } = await fleet.around.wire.send({ method: 'POST', path: '/api/osquery/distributed/write', body });
      if (status !== 200) fleet.around.note(`an inventory was answered ${status}`);
      milliseconds.push(performance.now() - began);
    }),
  );
  const bytes = bodies.reduce((sum, { body }) => sum + body.length, 0);
  const parse = parseSeconds(bodies.map(({ body }) => body));
  const cpu = usage.serverCpuSeconds + usage.databaseCpuSeconds;
  return {
    ...usage,
    inventories: bodies.length,
    inventoriesPerSecond: round(bodies.length / usage.wallSeconds, 1),
    inventoriesPerCpuSecond: round(bodies.length / cpu, 1),
    bytesEach: Math.round(bytes / bodies.length),
    loggedBytesEach: Math.round(((await loggedBytes(server.postmaster)) - before) / bodies.length),
    p50Milliseconds: round(percentile(milliseconds, 0.5), 1),
    p95Milliseconds: round(percentile(milliseconds, 0.95), 1),
    parseSeconds: round(parse),
    ratio: { cpuToParsing: round(cpu / parse, 1) },
  };
}

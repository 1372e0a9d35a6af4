import { percentile, round } from '../measure/percentile.ts';
import { measureUsage } from '../measure/usage.ts';
import { keyBody } from '../simulator/bodies.ts';
import { concurrently } from '../simulator/concurrently.ts';
import type { Wire } from '../simulator/wire.ts';
import { createWire } from '../simulator/wire.ts';
import { startBareServer } from './bare-server.ts';
import type { Benchmark } from './benchmark.ts';
import { withLoadedServer } from './loaded-server.ts';

const PATH = '/api/osquery/distributed/read';
const POLLS_A_HOST = 10;

/** Hosts with nothing to do ask whether there is something to do. */
export const checkInIdle: Benchmark = (options, print) =>
  withLoadedServer(options, print, async ({ server, fleet }) => {
    const keys = fleet.hosts.map((host) => keyBody(host.nodeKey ?? ''));
    const bodies = Array.from({ length: POLLS_A_HOST }, () => keys).flat();
    await poll(fleet.around.wire, keys, options.connections);
    print(`polling ${bodies.length} times`);
    const milliseconds: number[] = [];
    const usage = await measureUsage(server, async () => {
      milliseconds.push(...(await poll(fleet.around.wire, bodies, options.connections)));
    });
    print('polling a bare HTTP server that says the same to everybody');
    const bare = await startBareServer('application/json', '{"queries":{}}');
    const wire = createWire(bare.origin, options.connections);
    await poll(wire, keys, options.connections);
    const bareBefore = bare.cpuSeconds();
    await poll(wire, bodies, options.connections);
    const bareCpu = bare.cpuSeconds() - bareBefore;
    await wire.close();
    await bare.stop();
    const cpu = usage.serverCpuSeconds + usage.databaseCpuSeconds;
    return {
      ...usage,
      polls: bodies.length,
      pollsPerSecond: round(bodies.length / usage.wallSeconds, 0),
      pollsPerCpuSecond: round(bodies.length / cpu, 0),
      p50Milliseconds: round(percentile(milliseconds, 0.5)),
      p95Milliseconds: round(percentile(milliseconds, 0.95)),
      bareCpuSeconds: round(bareCpu),
      ratio: { cpuToBareServer: round(cpu / bareCpu, 1) },
    };
  });

async function poll(wire: Wire, bodies: string[], connections: number): Promise<number[]> {
  const milliseconds: number[] = [];
  await concurrently(bodies, connections, async (body) => {
    const began = performance.now();
    const { status } = await wire.send({ method: 'POST', path: PATH, body });
    if (status !== 200) throw new Error(`a poll was answered ${status}`);
    milliseconds.push(performance.now() - began);
  });
  return milliseconds;
}

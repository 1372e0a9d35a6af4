import type { RunningServer } from '../server/running-server.ts';
import { cpuOf, cpuWithChildren, residentMegabytes } from './cpu.ts';
import { round } from './percentile.ts';

/** What a piece of work cost. */
export interface Usage {
  wallSeconds: number;
  serverCpuSeconds: number;
  databaseCpuSeconds: number;
  /** Of the load generator, which shares the processors. */
  loadCpuSeconds: number;
  serverMegabytes: number;
}

/** Does the work and says what it cost the server, its database and us. */
export async function measureUsage(server: RunningServer, work: () => Promise<unknown>): Promise<Usage> {
  const before = read(server);
  await work();
  const after = read(server);
  const between = (name: keyof typeof before) => round(after[name] - before[name]);
  return {
    wallSeconds: between('wall'),
    serverCpuSeconds: between('server'),
    databaseCpuSeconds: between('database'),
    loadCpuSeconds: between('load'),
    serverMegabytes: residentMegabytes(server.pid),
  };
}

function read({ pid, postmaster }: RunningServer) {
  const { user, system } = process.cpuUsage();
  return {
    wall: performance.now() / 1000,
    server: cpuOf(pid),
    database: cpuWithChildren(postmaster.pid),
    load: (user + system) / 1e6,
  };
}

import { round } from '../measure/percentile.ts';
import { bareInsert } from './bare-insert.ts';
import type { Benchmark } from './benchmark.ts';
import { inventoryBodies, parseSeconds } from './inventory-bodies.ts';
import { withLoadedServer } from './loaded-server.ts';

/** New hosts enrol and deliver their first inventories, all at once. */
export const enrolStorm: Benchmark = (options, print) =>
  withLoadedServer(options, print, async ({ server, fleet, storm }) => {
    print('writing the same rows into a bare table');
    const bare = await bareInsert(server);
    const bodies = inventoryBodies(fleet);
    const cpu = storm.serverCpuSeconds + storm.databaseCpuSeconds;
    const parse = parseSeconds(bodies.map((each) => each.body));
    return {
      ...storm,
      hostsPerSecond: round((fleet.hosts.length - 1) / storm.wallSeconds, 1),
      rows: bare.rows,
      bareInsertSeconds: bare.seconds,
      parseSeconds: round(parse),
      ratio: {
        wallToBareInsert: round(storm.wallSeconds / bare.seconds, 1),
        cpuToParsing: round(cpu / parse, 1),
      },
    };
  });

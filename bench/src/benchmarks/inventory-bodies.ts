import { writeBody } from '../simulator/bodies.ts';
import type { Fleet } from '../simulator/fleet.ts';
import type { Host } from '../simulator/host.ts';

export interface InventoryBody {
  host: Host;
  body: string;
}

/**
 * The whole inventory of each host in one request, under the names of its last one, as osquery sends answers again that it
 * could not deliver.
 */
export const inventoryBodies = ({ hosts, around }: Fleet): InventoryBody[] =>
  hosts.map((host) => ({
    host,
    body: writeBody(
      host.nodeKey ?? '',
      [...host.lastAsked].map(([name, sql]) => [name, around.osquery.answer(host.machine, sql)]),
    ),
  }));

/** Seconds of CPU that only reading these bodies takes. */
export function parseSeconds(bodies: string[]): number {
  const bytes = bodies.map((body) => Buffer.from(body));
  const before = process.cpuUsage();
  for (const each of bytes) JSON.parse(each.toString('utf8'));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

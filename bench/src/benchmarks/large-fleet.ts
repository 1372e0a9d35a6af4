import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningServer } from '../server/running-server.ts';
import type { Fleet } from '../simulator/fleet.ts';
import { multiplyHosts } from './multiply-hosts.ts';
import { recountServer } from './recount-server.ts';

const FLEETS = 20;

/** Fleets of the server, and who reads half of them. */
export interface Groups {
  fleetIds: number[];
  /** Token of a program that may read every second fleet. */
  halfToken: string;
}

/** As `growFleet`, but once for each folder of a server. */
export async function growFleetOnce(
  server: RunningServer,
  fleet: Fleet,
  wanted: { total: number; print: (line: string) => void },
): Promise<Groups> {
  const file = join(server.folder, 'bench-groups.json');
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return JSON.parse(known) as Groups;
  const groups = await growFleet(server, fleet, wanted);
  await writeFile(file, JSON.stringify(groups), { mode: 0o600 });
  return groups;
}

/** Makes fleets and a reader of half of them, and fills the server up to `total` hosts by copying. */
async function growFleet(
  server: RunningServer,
  { around }: Fleet,
  { total, print }: { total: number; print: (line: string) => void },
): Promise<Groups> {
  const post = async (path: string, body: object) => {
    const { status, json } = await around.wire.send({
      method: 'POST',
      path: `/api/v1/fleet/${path}`,
      token: server.token,
      body: JSON.stringify(body),
    });
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(json)}`);
    return json as Record<string, { id: number }> & { token?: string };
  };
  const fleetIds: number[] = [];
  for (let number = 1; number <= FLEETS; number += 1) {
    fleetIds.push((await post('fleets', { name: `Fleet ${number}` })).team?.id ?? 0);
  }
  await multiplyHosts(server, { total, fleetIds }, print);
  const half = await post('users/admin', {
    name: 'Half of the fleets',
    email: 'half@example.org',
    api_only: true,
    fleets: fleetIds.filter((_, index) => index % 2 === 0).map((id) => ({ id, role: 'observer' })),
  });
  print('counting all hosts');
  await recountServer(server);
  return { fleetIds, halfToken: half.token ?? '' };
}

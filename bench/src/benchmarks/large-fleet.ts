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

/** Makes fleets and a reader of half of them, and fills the server up to `total` hosts by copying. */
export async function growFleet(
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

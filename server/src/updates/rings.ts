import { createHash } from 'node:crypto';

export const DEFAULT_FIRST_PERCENT = 10;

export interface PlannedRing {
  no: number;
  percent: number;
  hosts: number;
}

/** How many hosts each ring has: the first is never empty while there are any. */
export function planRings(hosts: number, firstPercent: number): PlannedRing[] {
  const first = hosts === 0 ? 0 : Math.min(hosts, Math.max(1, Math.round((hosts * firstPercent) / 100)));
  return [
    { no: 1, percent: firstPercent, hosts: first },
    { no: 2, percent: 100 - firstPercent, hosts: hosts - first },
  ];
}

export interface RingMember {
  hostId: number;
  ring: number;
}

/**
 * Puts each host in a ring by a hash of its id and the rollout's salt: the same each time, and other hosts go first in the
 * next rollout.
 */
export function assignRings(hostIds: readonly number[], salt: string, firstPercent: number): RingMember[] {
  const first = planRings(hostIds.length, firstPercent)[0]?.hosts ?? 0;
  return hostIds
    .map((hostId) => ({ hostId, place: createHash('sha256').update(`${salt} ${hostId}`).digest('hex') }))
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.hostId - b.hostId))
    .map(({ hostId }, index) => ({ hostId, ring: index < first ? 1 : 2 }));
}

import type { Funnel, Gate, Ring } from '@flotilla/contract/updates';
import { decideRing, successWords } from './gate.ts';
import type { RingRow, TaskCount } from './queries/rings.ts';

/** Where a task stands in the funnel, by its state. */
export const placeOfState = {
  queued: 'queued',
  offered: 'queued',
  running: 'running',
  reported: 'reported',
  verified: 'verified',
  unverified: 'failed',
  failed: 'failed',
  lost: 'failed',
  expired: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<TaskCount['state'], keyof Funnel>;

/** Hosts of rings in these states are to get a task, if they have none yet. */
const isFilling = (state: RingRow['state']) => state === 'open' || state === 'halted' || state === 'passed';

/** The funnel of a ring from the counts of its tasks. Hosts whose task is still to be made are queued. */
export function toFunnel(ring: RingRow, counts: readonly Pick<TaskCount, 'state' | 'hosts'>[]): Funnel {
  const funnel: Funnel = {
    targeted: ring.targeted,
    queued: 0,
    running: 0,
    reported: 0,
    verified: 0,
    failed: 0,
    cancelled: 0,
    already: ring.already,
  };
  for (const { state, hosts } of counts) funnel[placeOfState[state]] += hosts;
  if (isFilling(ring.state)) {
    const made = counts.reduce((sum, { hosts }) => sum + hosts, 0);
    funnel.queued += ring.targeted - ring.already - made;
  }
  return funnel;
}

/** What the ring waits for, or what became of it, in a sentence. */
export function gateWords(ring: RingRow, funnel: Funnel, gate: Gate): string {
  switch (ring.state) {
    case 'waiting':
      return `Opens when ring ${ring.no - 1} has passed`;
    case 'open':
      return decideRing(gate, funnel).words;
    case 'passed':
      return ring.reason || successWords(funnel);
    case 'halted':
    case 'aborted':
      return ring.reason;
  }
}

export function toRing(ring: RingRow, counts: readonly TaskCount[], gate: Gate): Ring {
  const funnel = toFunnel(ring, counts);
  return {
    no: ring.no,
    percent: ring.percent,
    state: ring.state,
    opened_at: ring.opened_at?.toISOString() ?? null,
    passed_at: ring.passed_at?.toISOString() ?? null,
    funnel,
    gate_words: gateWords(ring, funnel, gate),
  };
}

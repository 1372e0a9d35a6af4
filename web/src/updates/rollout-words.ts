import type { Funnel, Ring, Rollout } from '@flotilla/contract/updates';
import type { Tone } from '../pieces/state-mark.tsx';
import { counted, number } from '../pieces/words.ts';

/** The places of a funnel in their order, in words, and what each means. */
export const places = [
  { place: 'queued', name: 'Queued', means: 'The host has not taken it yet' },
  { place: 'running', name: 'Running', means: 'The host downloads or installs it' },
  { place: 'reported', name: 'Reported', means: 'The host says that it is done; its inventory does not show it yet' },
  { place: 'verified', name: 'Verified', means: 'The inventory of the host shows the new version' },
  { place: 'already', name: 'Had it already', means: 'The host had the version before its ring opened' },
  { place: 'failed', name: 'Failed', means: 'It failed, or nobody could confirm it' },
  { place: 'cancelled', name: 'Cancelled', means: 'It was cancelled before it ran' },
] as const satisfies readonly { place: keyof Funnel; name: string; means: string }[];

/** The place of a host in words; an unknown one as it calls itself. */
export const placeName = (place: string): string =>
  place === 'waiting' ? 'Ring not open yet' : (places.find((one) => one.place === place)?.name ?? place);

export const rolloutWords: Record<Rollout['state'], string> = {
  running: 'Running',
  paused: 'Paused',
  halted: 'Halted',
  aborted: 'Aborted',
  done: 'Done',
};
export const rolloutTones: Record<Rollout['state'], Tone> = {
  running: 'busy',
  paused: 'warn',
  halted: 'bad',
  aborted: undefined,
  done: 'good',
};

export const ringWords: Record<Ring['state'], string> = {
  waiting: 'Waiting',
  open: 'Open',
  passed: 'Passed',
  halted: 'Halted',
  aborted: 'Aborted',
};
export const ringTones: Record<Ring['state'], Tone> = {
  waiting: undefined,
  open: 'busy',
  passed: 'good',
  halted: 'bad',
  aborted: undefined,
};

/** Whether nothing will happen to a rollout any more. */
export const isOver = ({ state }: Pick<Rollout, 'state'>): boolean => state === 'done' || state === 'aborted';

/** The hosts of all rings in one funnel. */
export function wholeFunnel(rings: readonly Pick<Ring, 'funnel'>[]): Funnel {
  const sum = (place: keyof Funnel) => rings.reduce((total, { funnel }) => total + funnel[place], 0);
  return {
    targeted: sum('targeted'),
    queued: sum('queued'),
    running: sum('running'),
    reported: sum('reported'),
    verified: sum('verified'),
    failed: sum('failed'),
    cancelled: sum('cancelled'),
    already: sum('already'),
  };
}

/** What stands behind title and version: "for 312 hosts: 40 have it, 3 failed, 269 to go". */
export function rolloutProgress({ rings, state }: Pick<Rollout, 'rings' | 'state'>): string {
  const { targeted, verified, already, failed, cancelled } = wholeFunnel(rings);
  const have = verified + already;
  const open = Math.max(0, targeted - have - failed - cancelled);
  const parts = [
    `${number(have)} ${have === 1 ? 'has' : 'have'} it`,
    failed > 0 && `${number(failed)} failed`,
    cancelled > 0 && `${number(cancelled)} cancelled`,
    open > 0 && (isOver({ state }) ? `${number(open)} not reached` : `${number(open)} to go`),
  ].filter(Boolean);
  return `for ${counted(targeted, 'host')}: ${parts.join(', ')}`;
}

import type { Funnel, Gate } from '@flotilla/contract/updates';

export const DEFAULT_GATE: Gate = { success_share: 0.95, minimum_successes: 1 };

/** What becomes of an open ring, with the reason in a sentence. */
export interface Decision {
  outcome: 'pass' | 'halt' | 'wait';
  words: string;
}

/** Why hosts failed, and how many for each reason. */
export interface FailureReason {
  reason: string;
  hosts: number;
}

const hosts = (count: number) => `${count} ${count === 1 ? 'host' : 'hosts'}`;
const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
const list = (parts: (string | false)[]) => parts.filter(Boolean).join(', ');

const succeeded = ({ verified, already }: Funnel) => verified + already;

/** How many hosts of a ring have to succeed; of a small ring the minimum asks for no more than all. */
export function neededSuccesses(gate: Gate, targeted: number): number {
  // A share of 0.95 of 20 is 19, not the 19.000000000000004 that floating point may make of it.
  const share = Math.ceil(gate.success_share * targeted - 1e-9);
  return Math.max(share, Math.min(gate.minimum_successes, targeted));
}

/**
 * Decides by exact counts alone. Hosts that are silent are still to go, so that a ring never passes for lack of answers; a
 * ring halts as soon as it cannot pass any more.
 */
export function decideRing(gate: Gate, funnel: Funnel, reasons: readonly FailureReason[] = []): Decision {
  const needed = neededSuccesses(gate, funnel.targeted);
  if (funnel.targeted === 0) return { outcome: 'pass', words: 'No hosts are in it' };
  if (succeeded(funnel) >= needed) return { outcome: 'pass', words: successWords(funnel) };
  const lost = funnel.failed + funnel.cancelled;
  if (funnel.targeted - lost < needed) return { outcome: 'halt', words: haltWords(gate, funnel, reasons) };
  return { outcome: 'wait', words: waitWords(funnel, needed) };
}

export const successWords = (funnel: Funnel): string => `Done on ${succeeded(funnel)} of ${hosts(funnel.targeted)}`;

function waitWords(funnel: Funnel, needed: number): string {
  const { queued, running, reported, failed, cancelled } = funnel;
  const open = list([
    queued > 0 && `${queued} queued`,
    running > 0 && `${running} running`,
    reported > 0 && `${reported} waiting for inventory`,
    failed > 0 && `${failed} failed`,
    cancelled > 0 && `${cancelled} cancelled`,
  ]);
  return `${successWords(funnel)}, passes with ${needed}${open && `: ${open}`}`;
}

function haltWords(gate: Gate, { targeted, failed, cancelled }: Funnel, reasons: readonly FailureReason[]): string {
  const lost = failed + cancelled;
  const what = cancelled === 0 ? 'failed' : failed === 0 ? 'were cancelled' : 'failed or were cancelled';
  const allowed = Math.ceil(gate.success_share * targeted - 1e-9) > targeted - lost;
  const rule = allowed
    ? `the gate allows ${percent(1 - gate.success_share)}`
    : `the gate asks for ${gate.minimum_successes} that succeed`;
  const why = reasons.map(({ reason, hosts: count }) => `${reason || 'no reason given'} on ${hosts(count)}`).join('; ');
  return `${lost} of ${hosts(targeted)} ${what} (${percent(lost / targeted)}); ${rule}${why && `: ${why}`}`;
}

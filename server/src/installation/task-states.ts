import type { TaskState } from '@flotilla/contract/tasks';

/**
 * Which state may follow which, '' being before the beginning. A table of the database says the same, and an event that
 * says otherwise is refused there.
 *
 * A task goes back to `queued` when an offer was not taken, when the host declined it, or for its next attempt.
 */
export const transitions = {
  '': ['queued'],
  queued: ['offered', 'cancelled', 'expired'],
  offered: ['running', 'queued', 'cancelled'],
  running: ['reported', 'queued', 'failed', 'cancelled'],
  reported: ['verified', 'unverified', 'queued', 'failed', 'lost', 'cancelled'],
  verified: [],
  unverified: [],
  failed: [],
  cancelled: [],
  expired: [],
  lost: [],
} as const satisfies Record<TaskState | '', readonly TaskState[]>;

export const isOver = (state: TaskState) => transitions[state].length === 0;

/** Where a host is busy with it: there is one such task a host at most. */
export const activeStates = ['offered', 'running', 'reported'] as const satisfies readonly TaskState[];

/** Ends that count as not having succeeded. */
export const failedStates = ['unverified', 'failed', 'expired', 'lost'] as const satisfies readonly TaskState[];

/** How long an offer waits for the host to accept it. */
export const OFFER_SECONDS = 60;
/** How long each script of a task may run, as Fleet's agents allow it. */
export const SCRIPT_SECONDS = 3600;
/** A running task that says nothing for longer than all its scripts and its download may take is given up. */
export const RUNNING_SECONDS = 4 * SCRIPT_SECONDS;
/** How long an inventory may take that is to prove a result. */
export const VERIFY_SECONDS = 600;
/** A task that no host took for this long is too old to be meant. */
export const QUEUED_DAYS = 14;
export const MOST_ATTEMPTS = 3;

/** Seconds before the next attempt, by the number of those that failed. */
const BACK_OFF = [10, 60];
export const backOffSeconds = (failures: number) => BACK_OFF[Math.min(failures, BACK_OFF.length) - 1] ?? 0;

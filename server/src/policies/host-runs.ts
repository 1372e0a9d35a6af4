import type { Db } from '../kernel/db/database.ts';
import { readRun } from './queries/asking.ts';

/** When a host last answered, and which questions; `sent` are those it was asked last. */
export interface KnownRun {
  questions: number;
  at: number;
  sent: number;
}

export interface HostRuns {
  find(db: Db, hostId: number): Promise<KnownRun>;
  /** As far as it is remembered. */
  peek(hostId: number): KnownRun | undefined;
  note(hostId: number, run: Pick<KnownRun, 'questions' | 'at'>): void;
  /** They are read anew. */
  forget(hostIds: number[]): void;
}

const MOST_REMEMBERED = 200_000;
const NEVER: KnownRun = { questions: 0, at: 0, sent: 0 };

/** Runs of hosts in memory, each read from the database once; those that were remembered first are forgotten first. */
export function createHostRuns(): HostRuns {
  const known = new Map<number, KnownRun>();
  const remember = (hostId: number, run: KnownRun) => {
    known.set(hostId, run);
    if (known.size > MOST_REMEMBERED) known.delete(known.keys().next().value ?? hostId);
    return run;
  };
  return {
    async find(db, hostId) {
      const run = known.get(hostId);
      if (run) return run;
      const stored = await readRun(db, hostId);
      return remember(
        hostId,
        stored ? { ...NEVER, questions: stored.questions, at: stored.at.getTime() } : { ...NEVER },
      );
    },
    peek: (hostId) => known.get(hostId),
    note(hostId, run) {
      remember(hostId, { ...NEVER, ...known.get(hostId), ...run });
    },
    forget(hostIds) {
      for (const id of hostIds) known.delete(id);
    },
  };
}

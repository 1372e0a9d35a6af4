import type { Context } from '../kernel/context.ts';
import { type Seen, writeSeen } from './queries/enrolment.ts';

/** A last-seen time is written when it has moved by this much. */
const GRAIN = 60_000;
const FLUSH_EVERY = 5_000;
const CHUNK = 1_000;

export interface SeenBuffer {
  note(hostId: number, address: string): void;
  stop(): Promise<void>;
}

/** Collects who was heard and writes it in batches, so that a poll with nothing to do costs no statement. */
export function startSeenBuffer(ctx: Context): SeenBuffer {
  const written = new Map<number, number>();
  let waiting = new Map<number, Seen>();
  let flushing = Promise.resolve();
  const flush = async () => {
    const rows = [...waiting.values()];
    waiting = new Map();
    for (let start = 0; start < rows.length; start += CHUNK) {
      const chunk = rows.slice(start, start + CHUNK);
      await writeSeen(ctx.db, chunk).catch((error) => {
        // Losing a last-seen time is harmless: the next poll brings another.
        for (const row of chunk) written.delete(row.hostId);
        ctx.log.warn({ err: error }, 'last-seen times were not written');
      });
    }
  };
  const timer = setInterval(() => {
    flushing = flushing.then(flush);
  }, FLUSH_EVERY);
  return {
    note(hostId, address) {
      const now = ctx.clock();
      if (now.getTime() - (written.get(hostId) ?? 0) < GRAIN) return;
      written.set(hostId, now.getTime());
      waiting.set(hostId, { hostId, seenAt: now, address });
    },
    async stop() {
      clearInterval(timer);
      await flushing;
      await flush();
    },
  };
}

import type { Context } from '../context.ts';
import { holdLease, releaseLease } from '../lease.ts';

/** Milliseconds between two folds. */
const EVERY = 1_000;
/** After one that took long, so many times as long: in a storm more of what is pending is of the same counters. */
const REST = 4;
const MOST_REST = 2_000;
/** Short: after a crash the counts wait for the lease of the dead process. Two that fold at once only wait for each other. */
const LEASE_SECONDS = 3;

/** Folds again and again, so that counts are within a second or two of the truth; of several processes one does it. */
export function keepFolded(
  ctx: Context,
  name: string,
  fold: (ctx: Context) => Promise<unknown>,
): { stop(): Promise<void> } {
  const lease = `fold ${name} counts`;
  let stopped = false;
  let timer: NodeJS.Timeout;
  let running = Promise.resolve();
  const round = async () => {
    const began = performance.now();
    try {
      if (await holdLease(ctx.db, lease, LEASE_SECONDS)) await fold(ctx);
    } catch (error) {
      ctx.log.warn({ err: error, name }, 'counts were not folded');
    }
    const rest = REST * (performance.now() - began);
    if (!stopped) next(Math.min(Math.max(rest, EVERY), MOST_REST));
  };
  const next = (wait: number) => {
    timer = setTimeout(() => {
      running = round();
    }, wait);
  };
  next(EVERY);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      await releaseLease(ctx.db, lease).catch(() => undefined);
    },
  };
}

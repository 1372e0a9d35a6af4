import type { Context } from '../context.ts';
import { holdLease, releaseLease } from '../lease.ts';

const EVERY = 500;
/** Short: after a crash the counts wait for the lease of the dead process. Two that fold at once only wait for each other. */
const LEASE_SECONDS = 3;

/** Folds again and again, so that counts are within a second of the truth; of several processes one does it. */
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
    try {
      if (await holdLease(ctx.db, lease, LEASE_SECONDS)) await fold(ctx);
    } catch (error) {
      ctx.log.warn({ err: error, name }, 'counts were not folded');
    }
    if (!stopped) next();
  };
  const next = () => {
    timer = setTimeout(() => {
      running = round();
    }, EVERY);
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      await releaseLease(ctx.db, lease).catch(() => undefined);
    },
  };
}

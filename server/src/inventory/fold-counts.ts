import type { Context } from '../kernel/context.ts';
import { type FoldedKey, foldDeltas } from '../kernel/counters/fold.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { holdLease, releaseLease } from '../kernel/lease.ts';
import { hostCounts } from './counts.ts';
import { moveTotals, noteFold } from './queries/counts.ts';

const EVERY = 500;
const LEASE = 'fold inventory counts';
/** Short: after a crash the counts wait for the lease of the dead process. Two that fold at once only wait for each other. */
const LEASE_SECONDS = 3;

/** Folds pending deltas until none is left. @returns whether there were any */
export async function foldCounts(ctx: Context): Promise<boolean> {
  let folded = false;
  while (await foldOnce(ctx)) folded = true;
  await noteFold(ctx.db, ctx.clock());
  return folded;
}

const foldOnce = (ctx: Context): Promise<boolean> =>
  inTransaction(ctx, async (tx) => {
    const changed = await foldDeltas(tx, hostCounts);
    if (changed === null) return false;
    for (const [kind, keys] of changed) {
      const negative = keys.filter((key) => key.after < 0);
      if (negative.length > 0)
        ctx.log.error({ kind, negative: negative.slice(0, 10) }, 'negative count: recount needed');
      await moveTotals(tx, kind, keys.flatMap(appearedOrGone));
    }
    return true;
  });

function appearedOrGone({ fleet_id, key, before, after }: FoldedKey) {
  const by = Number(after > 0) - Number(before > 0);
  return by === 0 ? [] : [{ fleetId: fleet_id, key, by }];
}

/** Keeps the counts within a second of the truth; of several processes one does it. */
export function startFolding(ctx: Context): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout;
  let running = Promise.resolve();
  const round = async () => {
    try {
      if (await holdLease(ctx.db, LEASE, LEASE_SECONDS)) await foldCounts(ctx);
    } catch (error) {
      ctx.log.warn({ err: error }, 'counts were not folded');
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
      await releaseLease(ctx.db, LEASE).catch(() => undefined);
    },
  };
}

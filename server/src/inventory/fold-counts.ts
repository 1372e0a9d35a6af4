import type { Context } from '../kernel/context.ts';
import { type FoldedKey, foldDeltas } from '../kernel/counters/fold.ts';
import { keepFolded } from '../kernel/counters/keep-folded.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { hostCounts } from './counts.ts';
import { moveTotals, noteFold } from './queries/counts.ts';

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

/** Keeps the counts within a second of the truth. */
export const startFolding = (ctx: Context) => keepFolded(ctx, hostCounts.name, foldCounts);

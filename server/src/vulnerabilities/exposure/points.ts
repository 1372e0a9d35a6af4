import type { Context } from '../../kernel/context.ts';
import { inTransaction } from '../../kernel/db/database.ts';
import { forgetPoints, lockMoves, writePoints } from './queries/exposure.ts';

const HOUR_MS = 3_600_000;
/** As long as history is kept by default. */
const KEPT_MS = 400 * 24 * HOUR_MS;

/** Notes the exposure of this hour. */
export const notePoints = (ctx: Context): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await lockMoves(tx);
    const now = ctx.clock().getTime();
    await writePoints(tx, new Date(now - (now % HOUR_MS)));
    await forgetPoints(tx, new Date(now - KEPT_MS));
  });

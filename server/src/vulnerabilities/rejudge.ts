import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { judgeWanted } from './match-software.ts';
import { countWanted, takeTurn, wantAllJudged } from './queries/judging.ts';

const WHY = 'rejudge';

/**
 * Judges all software anew, the way new software comes, while the server runs or not. What waits is stored: a run that was
 * stopped is gone on with, by the next one or by the server. `progress` hears how many wait, after some at a time.
 * @returns how many it wanted judged, and whether an earlier run was gone on with
 */
export async function rejudge(
  ctx: Context,
  progress: (waiting: number) => void,
): Promise<{ software: number; isResumed: boolean }> {
  const left = await countWanted(ctx.db, WHY);
  if (left === 0) {
    await inTransaction(ctx, async (tx) => {
      await takeTurn(tx);
      await wantAllJudged(tx, { why: WHY, at: ctx.clock() });
    });
  }
  const software = left || (await countWanted(ctx.db, WHY));
  progress(software);
  await judgeWanted(ctx, async () => progress(await countWanted(ctx.db, WHY)));
  return { software, isResumed: left > 0 };
}

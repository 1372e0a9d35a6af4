import type { Context } from '../../kernel/context.ts';
import { inTransaction } from '../../kernel/db/database.ts';
import { RETENTION_DAYS } from '../past-months.ts';
import { foldSome, forgetChanges } from '../queries/comparison.ts';

/** Adds what was noted since the last time to the sums by day; readers count both, so nobody waits for it. */
export async function foldChanges(ctx: Context): Promise<void> {
  while ((await inTransaction(ctx, foldSome)) > 0);
}

/** The sums are kept as long as the past is. */
export const forgetOldChanges = (ctx: Context): Promise<unknown> =>
  forgetChanges(ctx.db, new Date(ctx.clock().getTime() - RETENTION_DAYS * 86_400_000));

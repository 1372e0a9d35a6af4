import type { Context } from '../kernel/context.ts';
import { foldDeltas } from '../kernel/counters/fold.ts';
import { keepFolded } from '../kernel/counters/keep-folded.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { vulnerabilityCount, vulnerabilityCounts } from './counts.ts';
import { explainMoves } from './exposure/explain-moves.ts';
import { noteHistory } from './exposure/queries/history.ts';

/** Folds pending deltas until none is left. */
export async function foldVulnerabilityCounts(ctx: Context): Promise<void> {
  while (await inTransaction(ctx, (tx) => foldOnce(ctx, tx)));
}

async function foldOnce(ctx: Context, tx: Tx): Promise<boolean> {
  const folded = await foldDeltas(tx, vulnerabilityCounts, (moves) => explainMoves(tx, moves));
  const keys = folded?.get(vulnerabilityCount.kind) ?? [];
  await noteHistory(tx, keys, ctx.clock());
  return folded !== null;
}

export const startFoldingVulnerabilities = (ctx: Context) =>
  keepFolded(ctx, vulnerabilityCounts.name, foldVulnerabilityCounts);

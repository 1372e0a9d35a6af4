import type { Context } from '../kernel/context.ts';
import { foldDeltas } from '../kernel/counters/fold.ts';
import { keepFolded } from '../kernel/counters/keep-folded.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { vulnerabilityCounts } from './counts.ts';

/** Folds pending deltas until none is left. */
export async function foldVulnerabilityCounts(ctx: Context): Promise<void> {
  while (await inTransaction(ctx, (tx) => foldDeltas(tx, vulnerabilityCounts)));
}

export const startFoldingVulnerabilities = (ctx: Context) =>
  keepFolded(ctx, vulnerabilityCounts.name, foldVulnerabilityCounts);

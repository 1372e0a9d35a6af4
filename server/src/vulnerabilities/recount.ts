import { closeFence } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import { correct, readCounts } from '../kernel/counters/compare.ts';
import { inOneSnapshot, inTransaction } from '../kernel/db/database.ts';
import { vulnerabilityCount, vulnerabilityCounts } from './counts.ts';
import * as moving from './queries/moving.ts';
import * as publishing from './queries/publishing.ts';

/**
 * Counts vulnerabilities anew whose findings were published for many hosts. Truth, counters and pending deltas are read in
 * one snapshot and the difference is one more delta, so that inventory does not wait for it.
 */
export async function recountWanted(ctx: Context): Promise<void> {
  if (!(await moving.isRecountWanted(ctx.db))) return;
  await inTransaction(ctx, async (tx) => {
    await inOneSnapshot(tx);
    await moving.holdRecounts(tx);
    const ids = await moving.takeRecounts(tx);
    if (ids.length === 0) return;
    const truth = await publishing.countHosts(tx, ids);
    const counted = await readCounts(tx, vulnerabilityCounts, { kind: vulnerabilityCount, keys: ids });
    const rows = correct(vulnerabilityCount.kind, truth, counted).map((row) => ({ ...row, reason: 'judged' }));
    await publishing.appendDeltas(tx, rows);
  });
}

/** Counts everything anew. @returns how many counts were wrong: in a sound system none */
export async function recountAll(ctx: Context): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    await closeFence(tx);
    const truth = await publishing.countHosts(tx, null);
    const counted = await readCounts(tx, vulnerabilityCounts, { kind: vulnerabilityCount });
    const rows = correct(vulnerabilityCount.kind, truth, counted);
    await publishing.appendDeltas(tx, rows);
    return rows.reduce((sum, row) => sum + row.keys.length, 0);
  });
}

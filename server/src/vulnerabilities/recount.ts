import { readHostSets } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import { type Counts, correct, readCounts } from '../kernel/counters/compare.ts';
import { createSetCounter } from '../kernel/counters/count-sets.ts';
import { inOneRecount } from '../kernel/counters/one-recount.ts';
import type { Tx } from '../kernel/db/database.ts';
import { vulnerabilityCount, vulnerabilityCounts } from './counts.ts';
import * as moving from './queries/moving.ts';
import * as publishing from './queries/publishing.ts';

/**
 * Counts vulnerabilities anew whose findings were published for many hosts. Truth, counters and pending deltas are read in
 * one snapshot and the difference is one more delta, so that inventory does not wait for it.
 */
export async function recountWanted(ctx: Context): Promise<void> {
  if (!(await moving.isRecountWanted(ctx.db))) return;
  await inOneRecount(ctx, vulnerabilityCounts, async (tx) => {
    const ids = await moving.takeRecounts(tx);
    if (ids.length === 0) return;
    const truth = await publishing.countHosts(tx, ids);
    const counted = await readCounts(tx, vulnerabilityCounts, { kind: vulnerabilityCount, keys: ids });
    const rows = correct(vulnerabilityCount.kind, truth, counted).map((row) => ({ ...row, reason: 'judged' }));
    await publishing.appendDeltas(tx, rows);
  });
}

/** Counts everything anew, while hosts report. @returns how many counts were wrong: in a sound system none */
export const recountAll = (ctx: Context): Promise<number> =>
  inOneRecount(ctx, vulnerabilityCounts, async (tx) => {
    const truth = await countTruth(tx);
    const counted = await readCounts(tx, vulnerabilityCounts, { kind: vulnerabilityCount });
    const rows = correct(vulnerabilityCount.kind, truth, counted);
    await publishing.appendDeltas(tx, rows);
    return rows.reduce((sum, row) => sum + row.keys.length, 0);
  });

async function countTruth(tx: Tx): Promise<Counts> {
  const active = await publishing.readAllActive(tx);
  const counter = createSetCounter();
  for await (const hosts of readHostSets(tx)) {
    for (const { fleet_id, software_ids } of hosts) {
      counter.add(
        fleet_id,
        software_ids.flatMap((id) => active.get(id) ?? []),
      );
    }
  }
  return counter.finish();
}

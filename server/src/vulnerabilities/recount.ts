import { readHostSets } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import { type Counts, correct, readCounts } from '../kernel/counters/compare.ts';
import { createSetCounter } from '../kernel/counters/count-sets.ts';
import type { DeltaRow } from '../kernel/counters/deltas.ts';
import { inOneRecount } from '../kernel/counters/one-recount.ts';
import type { Tx } from '../kernel/db/database.ts';
import { vulnerabilitiesOf } from './carried.ts';
import { acceptedCount, vulnerabilityCount, vulnerabilityCounts } from './counts.ts';
import { readCarried, readNamed } from './queries/carried.ts';
import * as moving from './queries/moving.ts';
import * as publishing from './queries/publishing.ts';

/** Pairs of a finding and a host that are counted by their vulnerabilities; of more, one pass over all hosts is quicker. */
const MOST_PAIRS = 5_000_000;

interface Truth {
  open: Counts;
  accepted: Counts;
}

/**
 * Counts vulnerabilities anew whose findings were published for many hosts, or that exceptions are about. Truth, counters and pending
 * deltas are read in one snapshot and the difference is one more delta, so that inventory does not wait for it.
 */
export async function recountWanted(ctx: Context): Promise<void> {
  if (!(await moving.isRecountWanted(ctx.db))) return;
  await inOneRecount(ctx, vulnerabilityCounts, async (tx) => {
    const ids = await moving.takeRecounts(tx);
    if (ids.length === 0) return;
    const isTooMuch = (await moving.estimatePairs(tx, ids)) > MOST_PAIRS;
    const rows = isTooMuch
      ? await differences(tx, await countTruth(tx))
      : await differences(tx, await publishing.countHosts(tx, ids), ids);
    await publishing.appendDeltas(
      tx,
      rows.map((row) => ({ ...row, reason: 'judged' })),
    );
  });
}

/** Counts everything anew, while hosts report. @returns how many counts were wrong: in a sound system none */
export const recountAll = (ctx: Context): Promise<number> =>
  inOneRecount(ctx, vulnerabilityCounts, async (tx) => {
    const rows = await differences(tx, await countTruth(tx));
    await publishing.appendDeltas(tx, rows);
    return rows.reduce((sum, row) => sum + row.keys.length, 0);
  });

/** What is missing to the truth, of all vulnerabilities or of some. */
async function differences(tx: Tx, { open, accepted }: Truth, keys?: number[]): Promise<DeltaRow[]> {
  const rows: DeltaRow[] = [];
  for (const [kind, truth] of [
    [vulnerabilityCount, open],
    [acceptedCount, accepted],
  ] as const) {
    const counted = await readCounts(tx, vulnerabilityCounts, { kind, ...(keys && { keys }) });
    rows.push(...correct(kind.kind, truth, counted));
  }
  return rows;
}

async function countTruth(tx: Tx): Promise<Truth> {
  const carried = await readCarried(tx);
  const named = await readNamed(tx);
  const open = createSetCounter();
  const accepted = createSetCounter();
  for await (const hosts of readHostSets(tx)) {
    for (const { host_id, fleet_id, software_ids } of hosts) {
      const own = software_ids.flatMap((id) => carried.get(id) ?? []);
      // Most hosts have nothing excepted, and need no sets of their own.
      if (own.every((one) => one.exempt.length + one.split.length === 0)) {
        open.add(
          fleet_id,
          own.flatMap((one) => one.open),
        );
        continue;
      }
      const has = vulnerabilitiesOf(own, { fleetId: fleet_id, exceptionIds: named.get(host_id) ?? new Set() });
      open.add(fleet_id, has.open);
      accepted.add(fleet_id, has.accepted);
    }
  }
  return { open: open.finish(), accepted: accepted.finish() };
}

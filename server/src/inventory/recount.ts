import type { Context } from '../kernel/context.ts';
import { type Counts, correct, readCounts } from '../kernel/counters/compare.ts';
import { createSetCounter } from '../kernel/counters/count-sets.ts';
import type { DeltaRow } from '../kernel/counters/deltas.ts';
import { inOneRecount } from '../kernel/counters/one-recount.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import type { Catalogue } from './catalogue.ts';
import { hostCounts } from './counts.ts';
import { countSample, readHostSets, readTotals, sampleKeys, writeTotals } from './queries/counts.ts';
import { appendDeltas } from './queries/host-software.ts';
import { readMerged } from './queries/merge.ts';

/** How many counts were wrong, of each kind. */
export type Drift = Record<string, number>;

/**
 * Counts everything anew in one snapshot and appends what differs as deltas, so that nobody has to stand still for it.
 * What it finds wrong is logged: in a sound system that is nothing.
 */
export const recount = (ctx: Context, catalogue: Catalogue): Promise<Drift> =>
  inOneRecount(ctx, hostCounts, async (tx) => {
    const truth = await countTruth(tx, catalogue);
    const drift: Drift = {};
    for (const kind of hostCounts.kinds) {
      const counted = await readCounts(tx, hostCounts, { kind });
      drift[kind.kind] = await repair(ctx, tx, correct(kind.kind, truth.get(kind.kind) ?? new Map(), counted));
    }
    return drift;
  });

async function countTruth(tx: Tx, catalogue: Catalogue): Promise<Map<string, Counts>> {
  const merged = await readMerged(tx);
  const titles = createSetCounter();
  const versions = createSetCounter();
  for await (const hosts of readHostSets(tx)) {
    const refs = await catalogue.read(tx, new Set(hosts.flatMap((host) => host.software_ids)));
    for (const { fleet_id, software_ids } of hosts) {
      const of = software_ids.flatMap((id) => refs.get(id) ?? []);
      titles.add(
        fleet_id,
        of.map(({ titleId }) => merged.get(titleId) ?? titleId),
      );
      versions.add(
        fleet_id,
        of.map(({ versionId }) => versionId),
      );
    }
  }
  return new Map([
    ['title', titles.finish()],
    ['version', versions.finish()],
  ]);
}

const SAMPLE = 50;

/** Compares a sample of counts with the truth, cheaply enough for every minute. @see recount */
export const checkSample = (ctx: Context): Promise<Drift> =>
  inOneRecount(ctx, hostCounts, async (tx) => {
    const drift: Drift = {};
    for (const kind of hostCounts.kinds) {
      const keys = await sampleKeys(tx, kind, SAMPLE);
      const counted = await readCounts(tx, hostCounts, { kind, keys });
      drift[kind.kind] = await repair(ctx, tx, correct(kind.kind, await countSample(tx, kind.kind, keys), counted));
    }
    return drift;
  });

async function repair(ctx: Context, tx: Tx, rows: DeltaRow[]): Promise<number> {
  const wrong = rows.reduce((sum, row) => sum + row.keys.length, 0);
  if (wrong > 0) {
    const some = rows.map(({ kind, fleet_id, keys, by }) => ({
      kind,
      fleet_id,
      keys: keys.slice(0, 5),
      by: by.slice(0, 5),
    }));
    ctx.log.error({ wrong, some: some.slice(0, 5) }, 'counts differed from the truth and were repaired');
    await appendDeltas(tx, rows);
  }
  return wrong;
}

/** The totals of the unfiltered lists, from the counters themselves. @returns how many were wrong */
export async function recountTotals(ctx: Context): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const { wrong, rows } = await readTotals(tx, hostCounts.kinds);
    if (wrong > 0) ctx.log.error({ wrong }, 'list totals differed from the counts and were repaired');
    if (wrong > 0) await writeTotals(tx, rows);
    return wrong;
  });
}

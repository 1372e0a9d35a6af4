import { type DueTime, decideDue } from '@flotilla/engine/decisions/due-policy';
import { exposureWeight } from '@flotilla/engine/decisions/exposure';
import type { SlaRule } from '@flotilla/engine/decisions/sla';
import type { Context } from '../../kernel/context.ts';
import { ALL_FLEETS } from '../../kernel/counters/spec.ts';
import { inTransaction, type Tx } from '../../kernel/db/database.ts';
import { addMoves, lockMoves } from '../exposure/queries/exposure.ts';
import type { Deciding } from '../queries/deciding.ts';
import * as queries from './queries/rating.ts';
import { wantSettled } from './queries/wanted.ts';

const BATCH = 2_000;
/** Due dates within so many days are rows, kept as things happen; later ones are worked out when they are read. */
export const URGENT_DAYS = 30;
const exposures = ['yes', 'no', 'unknown'] as const;

/** What of a vulnerability decides, as it is read. */
export type Facts = Deciding & Pick<queries.RatedFacts, 'severity' | 'probability'>;

/** In how many days a finding on a host is to be mended. @param isAssetExposed null: nobody said */
export function dueTimeOf(
  facts: Facts,
  of: { rules: readonly SlaRule[] | null; isAssetExposed: boolean | null },
): DueTime {
  const { is_automatable, technical_impact, severity, probability } = facts;
  return decideDue(of.rules, {
    isKnownExploited: facts.exploited_since !== null,
    isListed: facts.is_listed,
    ...(is_automatable !== null && { isAutomatable: is_automatable }),
    ...(technical_impact !== null && { technicalImpact: technical_impact }),
    ...(severity !== null && { severity }),
    ...(probability !== null && { probability }),
    ...(of.isAssetExposed !== null && { isAssetExposed: of.isAssetExposed }),
  });
}

/** Rates vulnerabilities of which something else is told, or that were found for the first time: how urgent, and what they weigh. */
export async function rateWanted(ctx: Context): Promise<void> {
  while (await queries.isRatingWanted(ctx.db)) {
    if ((await inTransaction(ctx, (tx) => rateBatch(tx))) < BATCH) return;
  }
}

async function rateBatch(tx: Tx): Promise<number> {
  await lockMoves(tx);
  const ids = await queries.takeRatings(tx, BATCH);
  if (ids.length === 0) return 0;
  const [facts, slas] = [await queries.readRatedFacts(tx, ids), await queries.readSlas(tx)];
  const policies = [{ fleetId: ALL_FLEETS, rules: null }, ...slas].filter(
    ({ fleetId, rules }) => rules !== null || !slas.some((sla) => sla.fleetId === fleetId),
  );
  const changed = await queries.writeClasses(
    tx,
    ids,
    facts.flatMap((one) => policies.flatMap((policy) => classesOf(one, policy))),
  );
  await wantSettled(tx, changed);
  const weighed = facts.map((one) => ({ id: one.id, weight: weightOf(one) }));
  const moved = await queries.writeWeights(tx, weighed);
  await addMoves(
    tx,
    moved.map(({ fleet_id, is_new, score }) => ({ fleet_id, reason: is_new ? 'new_advisory' : 'rescored', score })),
  );
  return ids.length;
}

function classesOf(
  facts: queries.RatedFacts,
  policy: { fleetId: number; rules: readonly SlaRule[] | null },
): queries.DueClass[] {
  return exposures.flatMap((exposure) => {
    const isAssetExposed = exposure === 'unknown' ? null : exposure === 'yes';
    const { days, usualDays } = dueTimeOf(facts, { rules: policy.rules, isAssetExposed });
    if (Math.min(days ?? Number.POSITIVE_INFINITY, usualDays ?? Number.POSITIVE_INFINITY) > URGENT_DAYS) return [];
    const exploitedSince = facts.exploited_since?.toISOString() ?? null;
    return [{ vulnerabilityId: facts.id, policy: policy.fleetId, exposure, days, exploitedSince, usualDays }];
  });
}

const weightOf = ({ cvss, severity, probability, exploited_since }: queries.RatedFacts): number =>
  exposureWeight({
    ...(cvss !== null && { score: cvss }),
    ...(severity !== null && { level: severity }),
    ...(probability !== null && { probability }),
    isKnownExploited: exploited_since !== null,
  });

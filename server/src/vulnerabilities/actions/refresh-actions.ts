import { type BestUpdate, bestUpdate } from '@flotilla/engine/decisions/best-update';
import { exposureWeight } from '@flotilla/engine/decisions/exposure';
import { severityLevels } from '@flotilla/engine/decisions/severity';
import { judgeSoftware, lookupKeysOf } from '@flotilla/engine/matching/judge-software';
import type { SoftwareIdentity } from '@flotilla/engine/matching/software-identity';
import type { Context } from '../../kernel/context.ts';
import { ALL_FLEETS } from '../../kernel/counters/spec.ts';
import { inTransaction, type Tx } from '../../kernel/db/database.ts';
import { inTurn } from '../../kernel/db/in-turn.ts';
import { type DuePolicy, dueOf } from '../decide.ts';
import { readSlas } from '../due/queries/rating.ts';
import { readIdentities, readIndex } from '../queries/judging.ts';
import { actionOf } from './action-key.ts';
import { type FoundInAction, readFoundIn, readSamples } from './queries/findings.ts';
import * as grouping from './queries/grouping.ts';
import { isWanted, takeWanted, type Wanted } from './queries/wanting.ts';
import * as writing from './queries/writing.ts';

/** Wishes taken in one transaction. */
const BATCH = 1_000;

/**
 * Makes actions equal to the findings as they are now, for all software that was judged since. Each action is computed whole, so that
 * doing it twice changes nothing.
 */
export async function refreshActions(ctx: Context): Promise<void> {
  if (!(await isWanted(ctx.db))) return;
  await inTurn(ctx, 'refresh actions', async () => {
    while (await inTransaction(ctx, refreshBatch));
  });
}

/** @returns whether there may be more */
async function refreshBatch(tx: Tx): Promise<boolean> {
  const wanted = await takeWanted(tx, BATCH);
  const actionIds = await regroup(tx, wanted);
  if (actionIds.length > 0) {
    const { plans, effects } = await plan(tx, actionIds);
    await writing.writePlans(tx, plans);
    await writing.writeEffects(tx, actionIds, effects);
    await writing.sumUp(tx, actionIds);
  }
  return wanted.length === BATCH;
}

/** Puts judged software where it belongs. @returns every action that this concerns */
async function regroup(tx: Tx, wanted: Wanted[]): Promise<number[]> {
  const softwareIds = [...new Set(wanted.flatMap((one) => one.software_id ?? []))];
  const actionIds = new Set(wanted.flatMap((one) => one.action_id ?? []));
  if (softwareIds.length > 0) {
    const found = (await grouping.readFound(tx, softwareIds)).map((one) => ({ id: one.id, action: actionOf(one) }));
    const actions = new Map(found.map(({ action }) => [action.key, action]));
    const ids = await grouping.ensureActions(tx, [...actions.values()]);
    const members = found.map(({ id, action }) => ({ softwareId: id, actionId: ids.get(action.key) ?? 0 }));
    for (const id of await grouping.regroup(tx, softwareIds, members)) actionIds.add(id);
    for (const id of ids.values()) actionIds.add(id);
  }
  return [...actionIds].sort((a, b) => a - b);
}

async function plan(tx: Tx, actionIds: number[]) {
  const findings = Map.groupBy(await readFoundIn(tx, actionIds), (one) => one.action_id);
  const samples = await readSamples(tx, actionIds);
  const rules = (await readSlas(tx)).find((sla) => sla.fleetId === ALL_FLEETS)?.rules ?? null;
  // An action is for hosts of all fleets, whether the internet reaches them or not.
  const policy = { rules, isAssetExposed: null };
  const identities = new Map(
    (await readIdentities(tx, [...samples.values()])).map((identity) => [identity.id, identity]),
  );
  const plans: writing.PlannedAction[] = [];
  const effects: writing.Effect[] = [];
  for (const id of actionIds) {
    const found = findings.get(id) ?? [];
    const sample = identities.get(samples.get(id) ?? 0);
    const update = sample ? await choose(tx, found, sample) : null;
    plans.push({ id, fixVersion: update?.version ?? null, scheme: update && (found[0]?.scheme ?? null) });
    effects.push(...found.map((one) => toEffect(one, { update, policy })));
  }
  return { plans, effects };
}

/** Judges each candidate as if the hosts had it, by all that the feeds say. */
async function choose(tx: Tx, found: FoundInAction[], sample: SoftwareIdentity): Promise<BestUpdate | null> {
  const [first] = found.filter((one) => one.fix_version !== '');
  if (!first) return null;
  const index = await readIndex(tx, [...new Set(lookupKeysOf(sample))]);
  const scheme = first.scheme;
  return bestUpdate({
    scheme,
    findings: found.map((one) => ({
      vulnerability: one.vulnerability,
      fix: one.scheme === scheme ? one.fix_version || null : null,
      risk: one.hosts * weightOf(one),
    })),
    stillIn(version) {
      const updated = { ...sample, version, sourceVersion: version, release: '' };
      const { verdicts } = judgeSoftware(updated, index);
      return new Set(verdicts.filter((one) => one.verdict !== 'not_affected').map((one) => one.vulnerability));
    },
  });
}

const weightOf = ({ cvss, severity, probability, exploited_since }: FoundInAction): number =>
  exposureWeight({
    ...(cvss !== null && { score: cvss }),
    ...(severity !== null && { level: severity }),
    ...(probability !== null && { probability }),
    isKnownExploited: exploited_since !== null,
  });

function toEffect(
  one: FoundInAction,
  { update, policy }: { update: BestUpdate | null; policy: DuePolicy },
): writing.Effect {
  const { vulnerability, fix_version: fixVersion } = one;
  return {
    actionId: one.action_id,
    vulnerabilityId: one.vulnerability_id,
    fixVersion,
    isCleared: update?.clears({ vulnerability, fix: fixVersion || null }) ?? false,
    exposure: weightOf(one),
    isExploited: one.exploited_since !== null,
    severity: one.severity === null ? null : severityLevels.indexOf(one.severity),
    dueAt: dueOf(one.since, one, policy),
  };
}

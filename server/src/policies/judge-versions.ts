import { lockHosts } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import type { EventMap } from '../kernel/events.ts';
import type { PolicyCache } from './policy-cache.ts';
import { passInventoryFence } from './queries/changes.ts';
import { type PolicyOnHost, type Writing, writeResults } from './queries/results.ts';
import * as queries from './queries/versions.ts';
import { startInstallations } from './start-installations.ts';
import { judgedParts, judgeVersions, partOfSource } from './version-rule.ts';

interface Judging extends Writing {
  /** Null: all rules. */
  policyIds: number[] | null;
  /** Null: all hosts. */
  hostIds: number[] | null;
}

/**
 * Judges hosts by rules of versions, in the caller's transaction, which has passed the fence of inventory and locked the
 * hosts, or has closed it. Rules are read after that, so that a new rule and new software never miss each other.
 * @returns where a policy begins to fail
 */
export async function judgeHosts(tx: Tx, { policyIds, hostIds, ...writing }: Judging): Promise<PolicyOnHost[]> {
  const rules = await queries.readRules(tx, policyIds);
  if (rules.length === 0) return [];
  const versions = Map.groupBy(
    await queries.readVersions(tx, [...new Set(rules.map((rule) => rule.title_id))]),
    (one) => one.title_id,
  );
  const judged = rules.map((rule) => ({
    policyId: rule.id,
    part: partOfSource(rule.source),
    absent: `${rule.title} is not installed`,
    versions: judgeVersions(rule, versions.get(rule.title_id) ?? []),
  }));
  return writeResults(tx, queries.answersByVersion(judged, hostIds), writing);
}

/** Judges along with the inventory, in the same transaction. */
export async function judgeChanges(
  tx: Tx,
  ctx: Context,
  { changes, at }: EventMap['hostInventoryChanged'],
): Promise<void> {
  const hostIds = changes.map((change) => change.hostId);
  const failing = await judgeHosts(tx, { policyIds: null, hostIds, at });
  await startInstallations(ctx, tx, failing);
}

/** A merge of titles changes which versions rules speak of. Inventory stands still meanwhile. */
export async function judgeMerged(tx: Tx, ctx: Context, { titleIds, at }: EventMap['titlesMerged']): Promise<void> {
  const policyIds = await queries.findRulesOf(tx, titleIds);
  if (policyIds.length === 0) return;
  await startInstallations(ctx, tx, await judgeHosts(tx, { policyIds, hostIds: null, at }));
}

/** A first inventory may have nothing in it that could change: such hosts get their answers after it was stored. */
export async function judgeReceived(
  ctx: Context,
  cache: PolicyCache,
  { received }: EventMap['inventoryReceived'],
): Promise<void> {
  const parts = received.filter(({ part }) => judgedParts.includes(part));
  if (parts.length === 0 || !(await cache.read(ctx)).hasVersionRules) return;
  const hostIds = await queries.findUnjudged(ctx.db, parts);
  if (hostIds.length === 0) return;
  const queued = await inTransaction(ctx, async (tx) => {
    await passInventoryFence(tx);
    const hosts = await lockHosts(tx, hostIds);
    const failing = await judgeHosts(tx, { policyIds: null, hostIds: hosts.map((host) => host.id), at: ctx.clock() });
    return startInstallations(ctx, tx, failing);
  });
  if (queued.length > 0) ctx.nudges.send(queued);
}

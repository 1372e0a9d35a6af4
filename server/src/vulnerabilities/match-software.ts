import { judgeSoftware, lookupKeysOf } from '@flotilla/engine/matching/judge-software';
import type { Verdict } from '@flotilla/engine/matching/verdict';
import { closeFence } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import { correct, readCounts } from '../kernel/counters/compare.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { vulnerabilityCount, vulnerabilityCounts } from './counts.ts';
import { type FindingDraft, toFinding } from './finding.ts';
import * as judging from './queries/judging.ts';
import * as publishing from './queries/publishing.ts';

/** Software judged in one transaction. */
const BATCH = 500;

/** Judges everything that is wanted, each software whole. @returns how many were judged */
export async function judgeWanted(ctx: Context): Promise<number> {
  let judged = 0;
  for (;;) {
    const batch = await inTransaction(ctx, (tx) => judgeBatch(ctx, tx));
    judged += batch;
    if (batch < BATCH) return judged;
  }
}

/**
 * New software and changed advisories come this one way: all that is known about a software is read, judged and compared
 * with what is stored, so that doing it twice changes nothing.
 */
async function judgeBatch(ctx: Context, tx: Tx): Promise<number> {
  await judging.takeTurn(tx);
  const softwareIds = await judging.takeWanted(tx, BATCH);
  if (softwareIds.length === 0) return 0;
  const software = await judging.readIdentities(tx, softwareIds);
  const pairs = software.flatMap((one) => lookupKeysOf(one).map((key) => ({ softwareId: one.id, key })));
  await judging.writeKeys(tx, pairs);
  const { byKey, scopes } = await judging.readCandidates(tx, [...new Set(pairs.map((pair) => pair.key))]);
  const index = { candidates: (key: string) => byKey.get(key) ?? [], covers: (scope: string) => scopes.has(scope) };
  const judgements = software.map((one) => ({ id: one.id, ...judgeSoftware(one, index) }));
  await judging.writeJudged(
    tx,
    judgements.map(({ id, notJudged }) => ({
      softwareId: id,
      notJudged: notJudged?.notJudged ?? null,
      detail: notJudged?.detail ?? '',
    })),
    ctx.clock(),
  );
  await publish(ctx, tx, {
    softwareIds,
    verdicts: judgements.flatMap(({ id, verdicts }) => verdicts.map((verdict) => ({ id, verdict }))),
  });
  return softwareIds.length;
}

interface Judged {
  softwareIds: number[];
  verdicts: { id: number; verdict: Verdict }[];
}

/** Writes only what differs, inside the fence, with the exact difference of the counts. */
async function publish(ctx: Context, tx: Tx, { softwareIds, verdicts }: Judged): Promise<void> {
  const relevant = verdicts.filter(({ verdict }) => verdict.verdict !== 'not_affected');
  const ids = await publishing.ensureVulnerabilities(tx, [
    ...new Set(relevant.map(({ verdict }) => verdict.vulnerability)),
  ]);
  const drafts = relevant.flatMap(
    ({ id, verdict }) => toFinding(id, ids.get(verdict.vulnerability) ?? 0, verdict) ?? [],
  );
  const { changed, closed, moved } = compare(drafts, await publishing.readFindings(tx, softwareIds));
  if (changed.length + closed.length === 0) return;
  await closeFence(tx);
  if (closed.length > 0) await publishing.closeFindings(tx, closed, ctx.clock());
  if (changed.length > 0) {
    await publishing.writeFindings(tx, changed, ctx.clock());
    await publishing.noteFound(tx, [...new Set(changed.map((one) => one.vulnerabilityId))], ctx.clock());
  }
  await publishing.notePublication(tx, softwareIds, ctx.clock());
  if (moved.length > 0) await recountVulnerabilities(tx, moved);
}

const name = (softwareId: number, vulnerabilityId: number) => `${softwareId} ${vulnerabilityId}`;

function compare(drafts: FindingDraft[], stored: publishing.StoredFinding[]) {
  const before = new Map(stored.map((one) => [name(one.software_id, one.vulnerability_id), one]));
  const after = new Map(drafts.map((one) => [name(one.softwareId, one.vulnerabilityId), one]));
  const changed = drafts.filter(
    (one) => before.get(name(one.softwareId, one.vulnerabilityId))?.print !== one.body.print,
  );
  const closed = stored.filter((one) => !after.has(name(one.software_id, one.vulnerability_id)));
  const moved = new Set([
    ...changed
      .filter((one) => (before.get(name(one.softwareId, one.vulnerabilityId))?.is_active ?? false) !== one.isActive)
      .map((one) => one.vulnerabilityId),
    ...closed.filter((one) => one.is_active).map((one) => one.vulnerability_id),
  ]);
  return { changed, closed, moved: [...moved] };
}

/** Nobody's inventory moves meanwhile: the truth is compared with counter and pending deltas, and the difference appended. */
async function recountVulnerabilities(tx: Tx, vulnerabilityIds: number[]): Promise<void> {
  const truth = await publishing.countHosts(tx, vulnerabilityIds);
  const counted = await readCounts(tx, vulnerabilityCounts, { kind: vulnerabilityCount, keys: vulnerabilityIds });
  const rows = correct(vulnerabilityCount.kind, truth, counted).map((row) => ({ ...row, reason: 'judged' }));
  await publishing.appendDeltas(tx, rows);
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

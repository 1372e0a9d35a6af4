import type { Verdict } from '@flotilla/engine/matching/verdict';
import { closeFence } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import type { DeltaRow } from '../kernel/counters/deltas.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { wantSoftware } from './actions/queries/wanting.ts';
import { vulnerabilityCount } from './counts.ts';
import { wantRated } from './due/queries/rating.ts';
import { wantUrgentSettled } from './due/queries/wanted.ts';
import { settleWanted } from './due/settle-due.ts';
import { type FindingDraft, toFinding } from './finding.ts';
import { followFacts } from './follow-facts.ts';
import { judgeEach } from './judge-each.ts';
import { noteAffecting } from './news/note-news.ts';
import { isAnyActive, markFindings } from './queries/exempting.ts';
import * as judging from './queries/judging.ts';
import * as moving from './queries/moving.ts';
import * as publishing from './queries/publishing.ts';
import { writeRisk } from './queries/risk.ts';
import { recountWanted } from './recount.ts';

/** Software judged in one transaction. */
const BATCH = 500;
/** Pairs of a finding and a host that are counted inside the fence; more are counted after it. */
const MOST_PAIRS = 5_000;

/** Judges everything that is wanted, each software whole; `afterBatch` is told of some at a time. @returns how many were judged */
export async function judgeWanted(ctx: Context, afterBatch: () => Promise<unknown> = async () => {}): Promise<number> {
  let judged = 0;
  for (;;) {
    const batch = await inTransaction(ctx, (tx) => judgeBatch(ctx, tx));
    judged += batch;
    await recountWanted(ctx);
    await afterBatch();
    if (batch < BATCH) break;
  }
  await followFacts(ctx);
  await settleWanted(ctx);
  return judged;
}

/**
 * New software and changed advisories come this one way: all that is known about a software is read, judged and compared
 * with what is stored, so that doing it twice changes nothing.
 */
async function judgeBatch(ctx: Context, tx: Tx): Promise<number> {
  await judging.takeTurn(tx);
  const taken = await judging.takeWanted(tx, BATCH);
  if (taken.length === 0) return 0;
  const softwareIds = taken.map((one) => one.softwareId);
  const { judgements, pairs } = await judgeEach(tx, softwareIds);
  await judging.writeKeys(tx, pairs);
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
    newIds: new Set(taken.filter((one) => one.why === 'new').map((one) => one.softwareId)),
    verdicts: judgements.flatMap(({ id, verdicts }) => verdicts.map((verdict) => ({ id, verdict }))),
  });
  await writeRisk(tx, softwareIds);
  await wantSoftware(tx, softwareIds);
  return softwareIds.length;
}

interface Judged {
  softwareIds: number[];
  /** Those that no host had before. */
  newIds: ReadonlySet<number>;
  verdicts: { id: number; verdict: Verdict }[];
}

/**
 * Writes only what differs, inside the fence, with the exact difference of the counts. Findings of many hosts, and such as exceptions
 * are about, are counted anew right after the commit instead: inventory must not wait for that.
 */
async function publish(ctx: Context, tx: Tx, { softwareIds, newIds, verdicts }: Judged): Promise<void> {
  const relevant = verdicts.filter(({ verdict }) => verdict.verdict !== 'not_affected');
  const ids = await publishing.ensureVulnerabilities(tx, [
    ...new Set(relevant.map(({ verdict }) => verdict.vulnerability)),
  ]);
  const drafts = relevant.flatMap(
    ({ id, verdict }) => toFinding(id, ids.get(verdict.vulnerability) ?? 0, verdict) ?? [],
  );
  const { changed, closed, moved } = compare(drafts, await publishing.readFindings(tx, softwareIds));
  if (changed.length + closed.length === 0) return;
  const isExcepting = await isAnyActive(tx);
  const isMany = (isExcepting && (await moving.isExcepted(tx, moved))) || (await moving.isMany(tx, moved, MOST_PAIRS));
  if (isMany) await moving.wantRecount(tx, [...new Set(moved.map((one) => one.vulnerabilityId))]);
  await closeFence(tx);
  if (closed.length > 0) await publishing.closeFindings(tx, closed, ctx.clock());
  if (changed.length > 0) {
    await publishing.writeFindings(tx, changed, ctx.clock());
    if (isExcepting) await markFindings(tx, softwareIds);
    const found = await publishing.noteFound(tx, [...new Set(changed.map((one) => one.vulnerabilityId))], ctx.clock());
    await wantRated(tx, found);
  }
  const affecting = new Set(moved.filter((one) => one.isActive).map((one) => one.vulnerabilityId));
  await noteAffecting(ctx, tx, [...affecting]);
  await wantUrgentSettled(tx, [...new Set(moved.map((one) => one.vulnerabilityId))]);
  await publishing.notePublication(tx, softwareIds, ctx.clock());
  if (isMany || moved.length === 0) return;
  const old = new Set(moved.filter((one) => !newIds.has(one.softwareId)).map((one) => one.vulnerabilityId));
  await publishing.appendDeltas(tx, toDeltas(await moving.countMoved(tx, moved), old));
}

/** @param old vulnerabilities that came to or left software that was there before; all others came with new software */
function toDeltas(moved: { fleet_id: number; key: number; by: number }[], old: ReadonlySet<number>): DeltaRow[] {
  const groups = Map.groupBy(moved, ({ fleet_id, key }) => `${fleet_id} ${old.has(key) ? 'judged' : 'new software'}`);
  return [...groups].map(([group, rows]) => ({
    kind: vulnerabilityCount.kind,
    fleet_id: rows[0]?.fleet_id ?? 0,
    reason: group.slice(group.indexOf(' ') + 1),
    keys: rows.map((row) => row.key),
    by: rows.map((row) => row.by),
  }));
}

const name = (softwareId: number, vulnerabilityId: number) => `${softwareId} ${vulnerabilityId}`;

function compare(drafts: FindingDraft[], stored: publishing.StoredFinding[]) {
  const before = new Map(stored.map((one) => [name(one.software_id, one.vulnerability_id), one]));
  const after = new Map(drafts.map((one) => [name(one.softwareId, one.vulnerabilityId), one]));
  const changed = drafts.filter(
    (one) => before.get(name(one.softwareId, one.vulnerabilityId))?.print !== one.body.print,
  );
  const closed = stored.filter((one) => !after.has(name(one.software_id, one.vulnerability_id)));
  const moved: moving.Moved[] = [
    ...changed.filter(
      (one) => (before.get(name(one.softwareId, one.vulnerabilityId))?.is_active ?? false) !== one.isActive,
    ),
    ...closed
      .filter((one) => one.is_active)
      .map((one) => ({ softwareId: one.software_id, vulnerabilityId: one.vulnerability_id, isActive: false })),
  ];
  return { changed, closed, moved };
}

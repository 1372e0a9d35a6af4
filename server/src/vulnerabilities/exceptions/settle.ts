import { recordActivity } from '../../activity/index.ts';
import { closeFence } from '../../inventory/index.ts';
import type { Context } from '../../kernel/context.ts';
import { inTransaction, type Tx } from '../../kernel/db/database.ts';
import { wantSoftware } from '../actions/queries/wanting.ts';
import { wantUrgentSettled } from '../due/queries/wanted.ts';
import { settleWanted } from '../due/settle-due.ts';
import { readExceptions } from '../queries/exception-list.ts';
import * as queries from '../queries/exceptions.ts';
import * as exempting from '../queries/exempting.ts';
import { takeTurn } from '../queries/judging.ts';
import { wantRecount } from '../queries/moving.ts';
import { notePublication } from '../queries/publishing.ts';
import { writeRisk } from '../queries/risk.ts';
import { recountWanted } from '../recount.ts';
import type { EndedWhy } from './exception.ts';
import { activityOf } from './exception-answer.ts';
import { followLabels } from './follow-labels.ts';

/**
 * Begins the exceptions whose time has come and ends those whose time is over. What made one goes this way at once, what nobody
 * came to finish is found here within a minute.
 */
export async function settleExceptions(ctx: Context): Promise<void> {
  // Labels that the server judges itself change with what hosts say of themselves, which nobody announces.
  await followLabels(ctx);
  if ((await queries.findDue(ctx.db, ctx.clock())).length > 0) {
    await inTransaction(ctx, async (tx) => {
      await takeTurn(tx);
      const due = await queries.findDue(tx, ctx.clock());
      const idsOf = (to: string, why: string | null) =>
        due.filter((one) => one.to === to && one.why === why).map((one) => one.id);
      const starting = idsOf('active', null);
      await turn(ctx, tx, { ids: starting, write: () => queries.startExceptions(tx, starting) });
      for (const why of ['expired', 'scope_gone'] as const)
        await endExceptions(ctx, tx, { ids: idsOf('ended', why), why });
    });
  }
  await recountWanted(ctx);
  await settleWanted(ctx);
}

/** Ends exceptions in a transaction that took its turn; whoever calls it has counts and due dates set right after the commit. */
export async function endExceptions(
  ctx: Context,
  tx: Tx,
  { ids, why }: { ids: number[]; why: EndedWhy },
): Promise<void> {
  if (ids.length === 0) return;
  const by = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  const write = () => queries.endExceptions(tx, ids, { why, by, at: ctx.clock() });
  await turn(ctx, tx, { ids, write });
  await queries.forgetHosts(tx, ids);
  for (const row of await readExceptions(tx, ids)) {
    await recordActivity(ctx, tx, activityOf('ended_vulnerability_exception', row));
  }
}

/**
 * Turns exceptions on or off: their findings are marked, and only for the publication, by which memories of findings hear of it, is
 * the fence closed. Counts, due dates and actions follow after the commit.
 */
async function turn(
  ctx: Context,
  tx: Tx,
  { ids, write }: { ids: number[]; write: () => Promise<unknown> },
): Promise<void> {
  if (ids.length === 0) return;
  const concerned = await exempting.findConcerned(tx, ids);
  await write();
  await publishMarks(ctx, tx, concerned);
}

async function publishMarks(
  ctx: Context,
  tx: Tx,
  { softwareIds, vulnerabilityIds }: exempting.Concerned,
): Promise<void> {
  if (softwareIds.length === 0) return;
  await exempting.markFindings(tx, softwareIds);
  await writeRisk(tx, softwareIds);
  await wantRecount(tx, vulnerabilityIds);
  await wantUrgentSettled(tx, vulnerabilityIds);
  await wantSoftware(tx, softwareIds);
  await closeFence(tx);
  await notePublication(tx, softwareIds, ctx.clock());
}

/** Versions went to another title: exceptions for a title are about other findings now. */
export async function followTitles(ctx: Context, tx: Tx, titleIds: number[]): Promise<void> {
  if (!(await exempting.areNamed(tx, titleIds))) return;
  await publishMarks(ctx, tx, await exempting.findCarriedBy(tx, titleIds));
}

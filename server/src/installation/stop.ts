import type { StopState } from '@flotilla/contract/tasks';
import { recordActivity } from '../activity/index.ts';
import { permit, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import * as queries from './queries/stop.ts';

/** The stop is everywhere; what it holds up is counted where the actor may look. */
export async function readStopState(ctx: Context): Promise<StopState> {
  const fleets = permitSome(ctx.actor, 'hosts:read');
  const [stop, counts] = await Promise.all([queries.readStop(ctx.db), queries.countTasks(ctx.db, fleets)]);
  return {
    stopped: stop !== null,
    since: stop?.since.toISOString() ?? null,
    by: stop?.by ?? '',
    reason: stop?.reason ?? '',
    ...counts,
  };
}

/** After its commit no host is offered anything and none begins a script; what runs already ends by itself. */
export async function stopEverything(ctx: Context, reason: string): Promise<StopState> {
  permit(ctx.actor, 'stop:write');
  const by = ctx.actor.kind === 'person' ? ctx.actor.name : 'Flotilla';
  // Before anything is written, as every moment counts; who asks in between hears it once more afterwards.
  ctx.nudges.send('all', 'stop');
  await inTransaction(ctx, async (tx) => {
    await queries.closeStopFence(tx);
    if (!(await queries.insertStop(tx, { since: ctx.clock(), by, reason }))) return;
    await recordActivity(ctx, tx, { type: 'stopped_everything', details: { reason } });
  });
  ctx.nudges.send('all', 'stop');
  return readStopState(ctx);
}

export async function liftStop(ctx: Context): Promise<StopState> {
  permit(ctx.actor, 'stop:write');
  await inTransaction(ctx, async (tx) => {
    await queries.closeStopFence(tx);
    if (!(await queries.deleteStop(tx))) return;
    await queries.forgetNudges(tx);
    await recordActivity(ctx, tx, { type: 'lifted_stop', details: {} });
  });
  ctx.nudges.send('all');
  return readStopState(ctx);
}

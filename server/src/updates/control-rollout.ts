import type { Rollout } from '@flotilla/contract/updates';
import { cancelRolloutTasks, holdRolloutTasks } from '../installation/index.ts';
import { permitSome } from '../kernel/access.ts';
import { asSystem, type Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { conflict, notFound } from '../kernel/errors.ts';
import { advanceRollout } from './advance-rollout.ts';
import { readRollout } from './list-rollouts.ts';
import { lockRings, updateRing } from './queries/rings.ts';
import { lockRollout, type RolloutRow, type RolloutState, UNDER_WAY, updateRollout } from './queries/rollouts.ts';
import { permitRollout } from './reach.ts';
import { recordRolloutActivity } from './rollout-activity.ts';

interface Wish {
  id: number;
  reason?: string | undefined;
}

const nameOf = ({ actor }: Context) => (actor.kind === 'person' ? actor.name : 'Flotilla');
const withReason = (text: string, reason: string | undefined) => (reason?.trim() ? `${text}: ${reason.trim()}` : text);

/** The rollout, locked. @throws AppError `not_found` or `forbidden`, or `conflict` when it is in none of these states */
async function lockIn(
  ctx: Context,
  tx: Tx,
  { id, states }: { id: number; states: readonly RolloutState[] },
): Promise<RolloutRow> {
  const rollout = await lockRollout(tx, id);
  if (!rollout) throw notFound(`Rollout ${id}`);
  permitRollout(ctx, 'updates:write', rollout);
  if (!states.includes(rollout.state))
    throw conflict('base', `The rollout is ${rollout.state}, not ${states.join(' or ')}`);
  return rollout;
}

/** Nothing new begins; what runs goes on. */
export async function pauseRollout(ctx: Context, { id, reason }: Wish): Promise<{ rollout: Rollout }> {
  permitSome(ctx.actor, 'updates:write');
  await inTransaction(ctx, async (tx) => {
    const rollout = await lockIn(ctx, tx, { id, states: ['running'] });
    const words = withReason(`Paused by ${nameOf(ctx)}`, reason);
    await updateRollout(tx, id, { state: 'paused', reason: words });
    await holdRolloutTasks(tx, id, true);
    await recordRolloutActivity(ctx, tx, { type: 'paused_rollout', rollout, details: { reason: words } });
  });
  return readRollout(ctx, id);
}

/** Goes on after a pause, or after a halt in spite of the failures: a person lets the ring pass. */
export async function resumeRollout(ctx: Context, { id, reason }: Wish): Promise<{ rollout: Rollout }> {
  permitSome(ctx.actor, 'updates:write');
  await inTransaction(ctx, async (tx) => {
    const rollout = await lockIn(ctx, tx, { id, states: ['paused', 'halted'] });
    const halted = (await lockRings(tx, id)).find((ring) => ring.state === 'halted');
    const words = withReason(`Resumed by ${nameOf(ctx)}`, reason);
    await updateRollout(tx, id, { state: 'running', reason: '' });
    if (halted) {
      const passed = `Let pass by ${nameOf(ctx)} in spite of its failures: ${halted.reason}`;
      await updateRing(tx, halted, { state: 'passed', passed_at: ctx.clock(), reason: passed });
    }
    await holdRolloutTasks(tx, id, false);
    const details = { reason: words, in_spite_of: halted?.reason ?? '' };
    await recordRolloutActivity(ctx, tx, { type: 'resumed_rollout', rollout, details });
  });
  await advanceRollout(asSystem(ctx), id);
  return readRollout(ctx, id);
}

/** Ends it: what waits is cancelled; what runs goes on. */
export async function abortRollout(ctx: Context, { id, reason }: Wish): Promise<{ rollout: Rollout }> {
  permitSome(ctx.actor, 'updates:write');
  const by = nameOf(ctx);
  await inTransaction(ctx, async (tx) => {
    const rollout = await lockIn(ctx, tx, { id, states: UNDER_WAY });
    const words = withReason(`Aborted by ${by}`, reason);
    await updateRollout(tx, id, { state: 'aborted', reason: words, ended_at: ctx.clock() });
    for (const ring of await lockRings(tx, id)) {
      if (ring.state !== 'passed') await updateRing(tx, ring, { state: 'aborted', reason: words });
    }
    await cancelRolloutTasks(ctx, tx, { rolloutId: id, by, reason: words });
    await recordRolloutActivity(ctx, tx, { type: 'aborted_rollout', rollout, details: { reason: words } });
  });
  return readRollout(ctx, id);
}

import type { TaskResult } from '@flotilla/contract/agent';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db/database.ts';
import { noteEnds } from './end-tasks.ts';
import { readInventoryAsked } from './queries/hosts.ts';
import { insertResult, moveTasks } from './queries/tasks.ts';
import type { TaskRow } from './task.ts';
import { backOffSeconds, VERIFY_SECONDS } from './task-states.ts';

const HOST = 'the host';

/**
 * Takes the result of an attempt. Success is what the host says, so an inventory asked from now on has to prove it; also
 * what was interrupted is decided by inventory. A failure is tried again until the attempts are used up.
 * @returns the task as it is now; null when this attempt was over before
 */
export async function finishAttempt(
  ctx: Context,
  tx: Tx,
  { task, result }: { task: TaskRow; result: TaskResult },
): Promise<TaskRow | null> {
  const at = ctx.clock();
  await insertResult(tx, { ...result, taskId: task.id, attempt: task.attempt, at });
  if (result.outcome === 'failed' || task.kind === 'script') return endScript(ctx, tx, { task, result });
  const asked = (await readInventoryAsked(tx, [task.host_id])).get(task.host_id) ?? 0;
  const [moved = null] = await moveTasks(tx, {
    tasks: [task],
    from: ['running'],
    to: 'reported',
    by: HOST,
    reason: result.reason || 'the host reports success; waiting for its inventory',
    at,
    set: {
      outcome: result.outcome,
      verify_asked: asked,
      verify_until: new Date(at.getTime() + VERIFY_SECONDS * 1000),
    },
  });
  return moved;
}

/** A script proves nothing in the inventory, and a failure needs no proof. */
async function endScript(
  ctx: Context,
  tx: Tx,
  { task, result }: { task: TaskRow; result: TaskResult },
): Promise<TaskRow | null> {
  const at = ctx.clock();
  if (result.outcome !== 'succeeded') return failAttempt(ctx, tx, { task, from: 'running', reason: result.reason });
  const move = { tasks: [task], by: HOST, at };
  await moveTasks(tx, { ...move, from: ['running'], to: 'reported', reason: '', set: { outcome: result.outcome } });
  const [moved = null] = await moveTasks(tx, {
    ...move,
    from: ['reported'],
    to: 'verified',
    reason: 'the script ended with exit code 0',
    set: { ended_at: at },
  });
  if (moved) await noteEnds(ctx, tx, [moved]);
  return moved;
}

/** An attempt failed: the next one follows after a while, or the task is over. */
export async function failAttempt(
  ctx: Context,
  tx: Tx,
  { task, from, reason }: { task: TaskRow; from: 'running' | 'reported'; reason: string },
): Promise<TaskRow | null> {
  const at = ctx.clock();
  const failures = task.failures + 1;
  const again = failures < task.most_attempts && !task.cancel_requested;
  const wait = backOffSeconds(failures);
  const [moved = null] = await moveTasks(tx, {
    tasks: [task],
    from: [from],
    to: again ? 'queued' : 'failed',
    by: HOST,
    reason: again ? `${reason}; attempt ${failures + 1} of ${task.most_attempts} follows after ${wait} s` : reason,
    at,
    set: again ? { next_attempt: 'failed', not_before: new Date(at.getTime() + wait * 1000) } : { ended_at: at },
  });
  if (moved) await noteEnds(ctx, tx, [moved]);
  return moved;
}

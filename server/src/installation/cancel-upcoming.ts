import { readHost } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { badRequest, notFound } from '../kernel/errors.ts';
import { cancelTasks } from './cancel-tasks.ts';
import { noteEnds, publishEnds } from './end-tasks.ts';
import { lockTask } from './queries/tasks.ts';
import { isOver } from './task-states.ts';

/**
 * Cancels something a host is to do: at once while nothing can have begun; of what runs the host is told, and its result
 * still counts.
 * @throws AppError `not_found`, or `bad_request` when it is over
 */
export async function cancelUpcoming(
  ctx: Context,
  { hostId, taskId }: { hostId: number; taskId: string },
): Promise<void> {
  await readHost(ctx, hostId, 'hosts:install');
  const by = ctx.actor.kind === 'person' ? ctx.actor.name : 'Flotilla';
  const cancelled = await inTransaction(ctx, async (tx) => {
    const task = await lockTask(tx, taskId);
    if (!task || task.host_id !== hostId) throw notFound(`Task ${taskId}`);
    if (isOver(task.state)) throw badRequest('activity_id', `It is over: ${task.state}`);
    const result = await cancelTasks(ctx, tx, { tasks: [task], by, reason: `cancelled by ${by}` });
    await noteEnds(ctx, tx, result.cancelled);
    return result.cancelled;
  });
  ctx.nudges.send([hostId]);
  await publishEnds(ctx, cancelled);
}

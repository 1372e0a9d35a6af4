import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db/database.ts';
import { moveTasks, requestCancel } from './queries/tasks.ts';
import type { TaskRow } from './task.ts';

/** Cancels tasks that are not over: at once where nothing can have begun, else by asking the host. */
export async function cancelTasks(
  ctx: Context,
  tx: Tx,
  { tasks, by, reason }: { tasks: TaskRow[]; by: string; reason: string },
): Promise<{ cancelled: TaskRow[]; asked: TaskRow[] }> {
  const at = ctx.clock();
  const cancelled = await moveTasks(tx, {
    tasks,
    from: ['queued', 'offered'],
    to: 'cancelled',
    by,
    reason,
    at,
    set: { ended_at: at },
  });
  const ended = new Set(cancelled.map((task) => task.id));
  const rest = tasks.filter((task) => !ended.has(task.id));
  const asked = new Set(
    (
      await requestCancel(
        tx,
        rest.map((task) => task.id),
      )
    ).map((row) => row.id),
  );
  return { cancelled, asked: rest.filter((task) => asked.has(task.id)) };
}

import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db/database.ts';
import { cancelTasks } from './cancel-tasks.ts';
import { findOpen, setHold } from './queries/tasks.ts';

/** Holds what waits of a rollout, or lets it go on. What a host has accepted goes on either way. */
export async function holdRolloutTasks(tx: Tx, rolloutId: number, held: boolean): Promise<void> {
  await setHold(tx, rolloutId, held);
}

/** Ends what waits of a rollout; what runs is asked to end, and its result still counts. */
export async function cancelRolloutTasks(
  ctx: Context,
  tx: Tx,
  { rolloutId, by, reason }: { rolloutId: number; by: string; reason: string },
): Promise<void> {
  await cancelTasks(ctx, tx, { tasks: await findOpen(tx, { rolloutId }), by, reason });
}

import { randomUUID } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db/database.ts';
import { insertTasks } from './queries/tasks.ts';
import { type NewTask, PRIORITY, type Requester } from './task.ts';
import { MOST_ATTEMPTS, QUEUED_DAYS } from './task-states.ts';

const DAY = 86_400_000;

/**
 * Queues tasks in the caller's transaction, which may be any number of hosts' at once; the caller has checked who may.
 * After its commit the hosts are nudged within a second, or at once by `ctx.nudges`.
 * @returns what was queued: one that the rollout gave its host before is not again
 */
export async function queueTasks(
  ctx: Context,
  tx: Tx,
  { tasks, requester, onHold = false }: { tasks: NewTask[]; requester: Requester; onHold?: boolean },
): Promise<{ id: string; hostId: number }[]> {
  if (tasks.length === 0) return [];
  const at = ctx.clock();
  const rows = await insertTasks(tx, {
    tasks: tasks.map((task) => ({ ...task, id: randomUUID() })),
    mostAttempts: MOST_ATTEMPTS,
    priority: requester.rollout ? PRIORITY.rollout : requester.policyId ? PRIORITY.policy : PRIORITY.person,
    notBefore: at,
    expiresAt: new Date(at.getTime() + QUEUED_DAYS * DAY),
    onHold,
    requestedBy: requester.by,
    accountId: requester.accountId,
    policyId: requester.policyId ?? null,
    rolloutId: requester.rollout?.id ?? null,
    ring: requester.rollout?.ring ?? null,
    at,
  });
  return rows.map((row) => ({ id: row.id, hostId: row.host_id }));
}

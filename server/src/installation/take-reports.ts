import type { TaskRef, TaskReport } from '@flotilla/contract/agent';
import { recordHostProblem, requestInventory } from '../hosts/index.ts';
import type { TakenReports } from '../kernel/agent-tasks.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { noteEnds, publishEnds } from './end-tasks.ts';
import { finishAttempt } from './finish-attempt.ts';
import { readPackages } from './queries/packages.ts';
import { passStopFence, readStop } from './queries/stop.ts';
import { bumpAttempt, findActive, lockTask, moveTasks, noteStep } from './queries/tasks.ts';
import type { TaskRow } from './task.ts';
import { toAgentTask } from './task-payload.ts';
import { RUNNING_SECONDS } from './task-states.ts';

/** What became of one report. */
interface Taken {
  answer: 'run' | 'drop' | 'settled' | null;
  /** The task, where it moved. */
  moved: TaskRow | null;
}

/** Takes what an agent says of its tasks. Said twice it changes nothing the second time. */
export async function takeReports(ctx: Context, hostId: number, reports: TaskReport[]): Promise<TakenReports> {
  const taken: TakenReports = { run: [], drop: [], settled: [] };
  for (const report of reports) {
    const { answer, moved } = await takeReport(ctx, hostId, report);
    const ref: TaskRef = { id: report.id, attempt: report.attempt };
    if (answer === 'drop') taken.drop.push(ref);
    if (answer === 'settled') taken.settled.push(ref);
    if (answer === 'run' && moved) {
      const [of = null] = moved.package_id === null ? [] : await readPackages(ctx.db, [moved.package_id]);
      taken.run.push(toAgentTask(moved, of));
    }
    if (moved?.state === 'reported') await requestInventory(ctx, hostId);
    if (moved) await publishEnds(ctx, [moved]);
  }
  return taken;
}

async function takeReport(ctx: Context, hostId: number, report: TaskReport): Promise<Taken> {
  const taken = await inTransaction(ctx, async (tx) => {
    if (report.state === 'accepted') await passStopFence(tx);
    const task = await lockTask(tx, report.id);
    if (!task || task.host_id !== hostId) return null;
    switch (report.state) {
      case 'accepted':
        return accept(ctx, tx, { task, attempt: report.attempt });
      case 'progress':
        await noteStep(tx, report, report.step);
        return { answer: null, moved: null };
      case 'declined':
        return decline(ctx, tx, { task, attempt: report.attempt, reason: report.reason });
      case 'finished':
        if (task.state !== 'running' || task.attempt !== report.attempt)
          return { answer: 'settled' as const, moved: null };
        return { answer: 'settled' as const, moved: await finishAttempt(ctx, tx, { task, result: report.result }) };
    }
  });
  if (taken) return taken;
  // Another host's, or nobody's: what belongs to it is not told either way.
  await recordHostProblem(ctx, hostId, {
    kind: 'unknown task',
    detail: `a report (${report.state}) about a task it never had`,
  });
  return { answer: 'drop', moved: null };
}

interface Said {
  task: TaskRow;
  attempt: number;
}

/** From here on the host may begin. Who says so again gets the same answer. */
async function accept(ctx: Context, tx: Tx, { task, attempt }: Said): Promise<Taken> {
  const drop: Taken = { answer: 'drop', moved: null };
  if (task.attempt !== attempt) return drop;
  if (task.state === 'running') return { answer: 'run', moved: task };
  const at = ctx.clock();
  const stop = await readStop(tx);
  if (task.state === 'offered' && stop === null) {
    const [moved = null] = await moveTasks(tx, {
      tasks: [task],
      from: ['offered'],
      to: 'running',
      by: 'the host',
      reason: 'the host has it in its journal',
      at,
      set: { agent: 'flotilla', lease_until: new Date(at.getTime() + RUNNING_SECONDS * 1000) },
    });
    return moved ? { answer: 'run', moved } : drop;
  }
  // The host will remember that it dropped this attempt, so what is still wanted gets another number.
  if (task.state === 'offered') await putBack(ctx, tx, { task, reason: 'everything is stopped' });
  if (task.state === 'queued' && !(await findActive(tx, task.host_id))) await bumpAttempt(tx, task.id);
  return drop;
}

async function decline(ctx: Context, tx: Tx, { task, attempt, reason }: Said & { reason: string }): Promise<Taken> {
  if (task.attempt !== attempt || !['offered', 'running'].includes(task.state))
    return { answer: 'settled', moved: null };
  if (!task.cancel_requested) return { answer: 'settled', moved: await putBack(ctx, tx, { task, reason }) };
  const at = ctx.clock();
  const [moved = null] = await moveTasks(tx, {
    tasks: [task],
    from: ['offered', 'running'],
    to: 'cancelled',
    by: 'the host',
    reason: 'cancelled before it began',
    at,
    set: { ended_at: at },
  });
  if (moved) await noteEnds(ctx, tx, [moved]);
  return { answer: 'settled', moved };
}

async function putBack(
  ctx: Context,
  tx: Tx,
  { task, reason }: { task: TaskRow; reason: string },
): Promise<TaskRow | null> {
  const [moved = null] = await moveTasks(tx, {
    tasks: [task],
    from: ['offered', 'running'],
    to: 'queued',
    by: 'the host',
    reason,
    at: ctx.clock(),
    set: { next_attempt: 'declined' },
  });
  return moved;
}

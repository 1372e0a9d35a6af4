import { requestInventory } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { noteEnds, publishEnds } from './end-tasks.ts';
import { readInventoryAsked } from './queries/hosts.ts';
import { findOverdue, takeUnannounced } from './queries/sweep.ts';
import { moveTasks } from './queries/tasks.ts';
import type { TaskRow } from './task.ts';
import { VERIFY_SECONDS } from './task-states.ts';

const SERVER = 'Flotilla';

/** Moves on what waits too long, so that every task comes to an end, and announces what has become due. */
export async function sweepTasks(ctx: Context): Promise<void> {
  const moved = await inTransaction(ctx, async (tx) => {
    const overdue = await findOverdue(tx, ctx.clock());
    const inState = (state: TaskRow['state']) => overdue.filter((task) => task.state === state);
    const all = [
      ...(await putBack(ctx, tx, inState('offered'))),
      ...(await askInventory(ctx, tx, inState('running'))),
      ...(await giveUp(ctx, tx, inState('reported'))),
      ...(await expire(ctx, tx, inState('queued'))),
    ];
    await noteEnds(ctx, tx, all);
    return all;
  });
  await publishEnds(ctx, moved);
  for (const task of moved) if (task.state === 'reported') await requestInventory(ctx, task.host_id);
  const due = await takeUnannounced(ctx.db, ctx.clock());
  if (due.length > 0) ctx.nudges.send(due);
}

/** The same attempt is offered again: had the host begun, it would have said so. */
const putBack = (ctx: Context, tx: Tx, tasks: TaskRow[]) =>
  moveTasks(tx, {
    tasks,
    from: ['offered'],
    to: 'queued',
    by: SERVER,
    reason: 'the host did not take it',
    at: ctx.clock(),
  });

/** Nobody knows how far it came: inventory decides. */
async function askInventory(ctx: Context, tx: Tx, tasks: TaskRow[]): Promise<TaskRow[]> {
  const asked = await readInventoryAsked(
    tx,
    tasks.map((task) => task.host_id),
  );
  const at = ctx.clock();
  const scripts = tasks.filter((task) => task.kind === 'script');
  const moved: TaskRow[] = await moveTasks(tx, {
    tasks: scripts,
    from: ['running'],
    to: 'failed',
    by: SERVER,
    reason: 'the host never said how it went',
    at,
    set: { ended_at: at },
  });
  for (const task of tasks.filter((one) => one.kind !== 'script')) {
    moved.push(
      ...(await moveTasks(tx, {
        tasks: [task],
        from: ['running'],
        to: 'reported',
        by: SERVER,
        reason: 'the host never said how it went',
        at,
        set: {
          outcome: 'unknown',
          verify_asked: asked.get(task.host_id) ?? 0,
          verify_until: new Date(at.getTime() + VERIFY_SECONDS * 1000),
        },
      })),
    );
  }
  return moved;
}

async function giveUp(ctx: Context, tx: Tx, tasks: TaskRow[]): Promise<TaskRow[]> {
  const at = ctx.clock();
  const minutes = VERIFY_SECONDS / 60;
  const move = { from: ['reported'] as const, by: SERVER, at, set: { ended_at: at } };
  const unproven = await moveTasks(tx, {
    ...move,
    tasks: tasks.filter((task) => task.outcome === 'succeeded'),
    to: 'unverified',
    reason: `the host reports success, and no inventory came within ${minutes} minutes`,
  });
  const lost = await moveTasks(tx, {
    ...move,
    tasks: tasks.filter((task) => task.outcome !== 'succeeded'),
    to: 'lost',
    reason: `nobody knows how it went, and no inventory came within ${minutes} minutes`,
  });
  return [...unproven, ...lost];
}

function expire(ctx: Context, tx: Tx, tasks: TaskRow[]): Promise<TaskRow[]> {
  const at = ctx.clock();
  return moveTasks(tx, {
    tasks,
    from: ['queued'],
    to: 'expired',
    by: SERVER,
    reason: 'the host was not there to take it for too long',
    at,
    set: { ended_at: at },
  });
}

import type { Context } from '../kernel/context.ts';
import type { Loop } from '../kernel/domain.ts';
import { holdLease } from '../kernel/lease.ts';
import { repeat } from '../kernel/repeat.ts';
import { readStop } from './queries/stop.ts';
import { sweepTasks } from './sweep-tasks.ts';

const EVERY = 500;
const LEASE_SECONDS = 3;

/** Sweeps in one process of all. */
export const keepTasksMoving = (ctx: Context): Loop =>
  repeat(EVERY, async () => {
    try {
      if (await holdLease(ctx.db, 'move tasks', LEASE_SECONDS)) await sweepTasks(ctx);
    } catch (error) {
      ctx.log.warn({ err: error }, 'tasks were not swept');
    }
  });

/** In every process: passes on a stop, and its end, that another process wrote, to the agents connected here. */
export function watchStop(ctx: Context): Loop {
  let isStopped: boolean | null = null;
  return repeat(EVERY, async () => {
    try {
      const now = (await readStop(ctx.db)) !== null;
      if (isStopped !== null && now !== isStopped) ctx.nudges.send('all', now ? 'stop' : 'nudge');
      isStopped = now;
    } catch (error) {
      ctx.log.warn({ err: error }, 'the stop was not read');
    }
  });
}

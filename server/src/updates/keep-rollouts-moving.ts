import type { Context } from '../kernel/context.ts';
import type { Loop } from '../kernel/domain.ts';
import { holdLease } from '../kernel/lease.ts';
import { type Repeating, repeat } from '../kernel/repeat.ts';
import { advanceRollout } from './advance-rollout.ts';
import { listRunning } from './queries/rollouts.ts';

const EVERY = 1_000;
const LEASE_SECONDS = 3;

/** Advances every rollout that runs; one that cannot go on stops no other. */
export async function advanceRollouts(ctx: Context, ids: number[]): Promise<void> {
  for (const id of ids) {
    try {
      await advanceRollout(ctx, id);
    } catch (error) {
      ctx.log.error({ err: error, rolloutId: id }, 'rollout did not advance');
    }
  }
}

export interface RolloutMover {
  /** Something happened to tasks of these rollouts in this process. */
  poke(ids: number[]): void;
  loop(ctx: Context): Loop;
}

/** One process of all looks after every rollout; each looks at once after those whose tasks ended here. */
export function createRolloutMover(): RolloutMover {
  let poked = new Set<number>();
  let moving: Repeating | null = null;
  return {
    poke(ids) {
      if (ids.length === 0) return;
      for (const id of ids) poked.add(id);
      moving?.now();
    },
    loop(ctx) {
      moving = repeat(EVERY, async () => {
        const here = [...poked];
        poked = new Set();
        try {
          const isMine = await holdLease(ctx.db, 'move rollouts', LEASE_SECONDS);
          await advanceRollouts(ctx, isMine ? await listRunning(ctx.db) : here);
        } catch (error) {
          ctx.log.warn({ err: error }, 'rollouts were not looked at');
        }
      });
      return moving;
    },
  };
}

import type { TaskRef } from '@flotilla/contract/agent';
import { lockHosts } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { passStopFence, readStop } from './queries/stop.ts';
import { findActive, findNext, hasOpenTasks, moveTasks } from './queries/tasks.ts';
import { OFFER_SECONDS } from './task-states.ts';

export interface Offer {
  offers: TaskRef[];
  cancel: TaskRef[];
  stopped: boolean;
  /** Nothing is open for the host, so it need not be asked about until something is. */
  isIdle: boolean;
}

/** What the host should take next: the same again until it has accepted it, and nothing while everything is stopped. */
export async function offerTasks(ctx: Context, hostId: number): Promise<Offer> {
  const offer = await inTransaction(ctx, async (tx) => {
    await passStopFence(tx);
    // Two contacts of one host at once, in two processes, must not both be offered something.
    await lockHosts(tx, [hostId]);
    const stopped = (await readStop(tx)) !== null;
    const active = await findActive(tx, hostId);
    if (active) {
      const ref = { id: active.id, attempt: active.attempt };
      return {
        offers: active.state === 'offered' && !stopped ? [ref] : [],
        cancel: active.cancel_requested ? [ref] : [],
        stopped,
      };
    }
    if (stopped) return { offers: [], cancel: [], stopped };
    const at = ctx.clock();
    const next = await findNext(tx, hostId, at);
    const moved = next
      ? await moveTasks(tx, {
          tasks: [next],
          from: ['queued'],
          to: 'offered',
          by: 'Flotilla',
          reason: '',
          at,
          set: { lease_until: new Date(at.getTime() + OFFER_SECONDS * 1000) },
        })
      : [];
    return { offers: moved.map(({ id, attempt }) => ({ id, attempt })), cancel: [], stopped };
  });
  return { ...offer, isIdle: offer.offers.length === 0 && !(await hasOpenTasks(ctx.db, hostId)) };
}

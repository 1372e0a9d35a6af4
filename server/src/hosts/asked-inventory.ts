import type { Context } from '../kernel/context.ts';
import { microBatch } from '../kernel/micro-batch.ts';
import { hashToken } from '../kernel/secrets.ts';
import { type EnrolledKey, findHostByKey } from './queries/enrolment.ts';
import * as queries from './queries/inventory-asked.ts';
import { splitHost } from './split-host.ts';

/** The host that holds this key; null when the key is unknown or revoked. A key that ended because its host enrolled anew splits it. */
export async function findHostByNodeKey(ctx: Context, nodeKey: string): Promise<EnrolledKey | null> {
  const hash = hashToken(nodeKey);
  const known = await findHostByKey(ctx.db, hash);
  if (known || !(await splitHost(ctx, hash))) return known;
  return findHostByKey(ctx.db, hash);
}

/** Numbers the inventories of hosts. */
export interface InventoryCounter {
  /** Asks one more inventory of the host. @returns its number */
  next(hostId: number): Promise<number>;
  /** All queries of that inventory have an answer or are given up. */
  finish(hostId: number, asked: number): Promise<void>;
}

/** The inventory of this number is in as a whole: what was wanted before it was asked is done. */
export const finishInventory = async (ctx: Context, done: { hostId: number; asked: number }): Promise<void> =>
  void (await queries.finishInventories(ctx.db, [done]));

/** Hosts that come at about the same time share a statement. `system` is what batches run with. */
export function createInventoryCounter(system: Context): InventoryCounter {
  const next = microBatch<{ hostId: number; at: Date }, number | undefined>(async (asked) => {
    const numbers = await queries.nextInventories(system.db, asked);
    return asked.map(({ hostId }) => numbers.get(hostId));
  }, TOGETHER);
  const finish = microBatch<{ hostId: number; asked: number }>(async (done) => {
    await queries.finishInventories(system.db, done);
    return [];
  }, TOGETHER);
  return {
    async next(hostId) {
      const asked = await next.add({ hostId, at: system.clock() });
      if (asked === undefined) throw new Error(`host ${hostId} is gone`);
      return asked;
    },
    finish: (hostId, asked) => finish.add({ hostId, asked }),
  };
}

const TOGETHER = { size: 100, waitMilliseconds: 5, atOnce: 1 };

import type { Context } from '../kernel/context.ts';
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

/** Asks one more inventory of the host. @returns its number */
export const nextInventory = (ctx: Context, hostId: number): Promise<number> =>
  queries.nextInventory(ctx.db, hostId, ctx.clock());

/** All queries of that inventory have an answer or are given up. */
export async function finishInventory(ctx: Context, hostId: number, asked: number): Promise<void> {
  await queries.finishInventory(ctx.db, hostId, asked);
}

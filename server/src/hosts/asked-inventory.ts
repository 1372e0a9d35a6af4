import type { Context } from '../kernel/context.ts';
import { hashToken } from '../kernel/secrets.ts';
import { type EnrolledKey, findHostByKey } from './queries/enrolment.ts';
import * as queries from './queries/inventory-asked.ts';

/** The host that holds this key; null when the key is unknown or revoked. */
export const findHostByNodeKey = (ctx: Context, nodeKey: string): Promise<EnrolledKey | null> =>
  findHostByKey(ctx.db, hashToken(nodeKey));

/** Asks one more inventory of the host. @returns its number */
export const nextInventory = (ctx: Context, hostId: number): Promise<number> =>
  queries.nextInventory(ctx.db, hostId, ctx.clock());

/** All queries of that inventory have an answer or are given up. */
export async function finishInventory(ctx: Context, hostId: number, asked: number): Promise<void> {
  await queries.finishInventory(ctx.db, hostId, asked);
}

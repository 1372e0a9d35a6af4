import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { permitHost } from './permit-host.ts';
import { requestRefetch } from './queries/inventory-asked.ts';

/** Asks for the host's inventory at its next contact; the request ends when a whole inventory asked later is in. */
export async function refetchHost(ctx: Context, hostId: number): Promise<void> {
  await permitHost(ctx, 'hosts:write', hostId);
  if (!(await requestRefetch(ctx.db, hostId, ctx.clock()))) throw notFound(`Host ${hostId}`);
  ctx.nudges.send([hostId]);
}

/** The same, when the server itself wants to know for sure. */
export async function requestInventory(ctx: Context, hostId: number): Promise<void> {
  if (await requestRefetch(ctx.db, hostId, ctx.clock())) ctx.nudges.send([hostId]);
}

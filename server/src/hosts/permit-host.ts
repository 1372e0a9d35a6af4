import type { Permission } from '@flotilla/contract/route';
import { permitIn, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { readFleetId } from './queries/read.ts';

/**
 * The first line of each use case about one host.
 * @throws AppError `not_found`, also for a host of a fleet that the actor has no role in; `forbidden`, `unauthenticated`
 */
export async function permitHost(ctx: Context, permission: Permission, hostId: number): Promise<void> {
  permitSome(ctx.actor, permission);
  const fleetId = await readFleetId(ctx.db, hostId);
  if (fleetId === undefined) throw notFound(`Host ${hostId}`);
  permitIn(ctx.actor, permission, { fleetId, thing: `Host ${hostId}` });
}

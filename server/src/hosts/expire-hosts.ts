import { readExpiryWindows } from '../fleets/index.ts';
import { asSystem, type Context } from '../kernel/context.ts';
import { readServerSettings } from '../kernel/server-settings.ts';
import { deleteHosts } from './delete-hosts.ts';
import { findSilent } from './queries/change.ts';

/** Deletes hosts that said nothing for longer than their fleet's setting allows, else the server's. Off unless somebody set it. */
export async function expireHosts(ctx: Context): Promise<void> {
  const system = asSystem(ctx);
  const { hostExpiryDays } = await readServerSettings(ctx);
  const own = await readExpiryWindows(ctx.db);
  for (const { fleetId, days } of own) {
    if (days) await expire(system, { days, fleetId });
  }
  if (hostExpiryDays) await expire(system, { days: hostExpiryDays, except: own.map(({ fleetId }) => fleetId) });
}

async function expire(
  ctx: Context,
  { days, ...where }: { days: number; fleetId?: number; except?: number[] },
): Promise<void> {
  const before = new Date(ctx.clock().getTime() - days * 86_400_000);
  await deleteHosts(ctx, await findSilent(ctx.db, { before, ...where }), { by: 'expiration', days });
}

import { closeFleet, removeFleet } from '../fleets/index.ts';
import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { conflict } from '../kernel/errors.ts';
import { CHUNK } from './choose-hosts.ts';
import { findInFleet, findInTheWay } from './queries/change.ts';
import { moveHosts, moveInChunks } from './transfer-hosts.ts';

/**
 * Deletes a fleet. Its hosts are in none afterwards, its secrets and labels are gone, and nobody has a role in it.
 * @throws AppError `not_found`; `conflict` while policies or packages are in it, which would be lost
 */
export async function deleteFleet(ctx: Context, fleetId: number): Promise<void> {
  permit(ctx.actor, 'fleets:write');
  await inTransaction(ctx, async (tx) => {
    await closeFleet(ctx, tx, fleetId);
    await refuseFull(tx, fleetId);
  });
  // Most of its hosts go before anything is locked for long.
  await moveInChunks(ctx, await findInFleet(ctx.db, fleetId), { to: null, among: [fleetId] });
  await inTransaction(ctx, async (tx) => {
    await ctx.events.inTransaction(tx, ctx, { name: 'hostsChanging', payload: {} });
    await closeFleet(ctx, tx, fleetId);
    await refuseFull(tx, fleetId);
    const late = await findInFleet(tx, fleetId);
    for (let first = 0; first < late.length; first += CHUNK) {
      await moveHosts(ctx, tx, { hostIds: late.slice(first, first + CHUNK), to: null, among: [fleetId] });
    }
    await removeFleet(ctx, tx, fleetId);
  });
}

async function refuseFull(tx: Tx, fleetId: number): Promise<void> {
  const found = await findInTheWay(tx, fleetId);
  if (found.length === 0) return;
  const names = found.map(({ kind, name }) => `${kind} "${name}"`).join(', ');
  throw conflict('base', `The fleet still has ${names}: move or delete them first`);
}

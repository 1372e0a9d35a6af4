import { recordActivity } from '../activity/index.ts';
import { holdFleet } from '../fleets/index.ts';
import { type Fleets, isIn, permitIn, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { notFound } from '../kernel/errors.ts';
import { inChunks } from './choose-hosts.ts';
import type { MovedHost } from './events.ts';
import * as queries from './queries/change.ts';

/**
 * Moves hosts to a fleet, or out of any, some at a time: each moment is exact, and it is over when the last of them moved. Hosts that
 * are there already stay as they are.
 * @param hostIds from `chooseById` or `chooseByFilter`, which checked them
 * @throws AppError `not_found` for the fleet, `forbidden`
 */
export async function transferHosts(ctx: Context, hostIds: number[], fleetId: number | null): Promise<void> {
  permitIn(ctx.actor, 'hosts:manage', { fleetId, thing: `Fleet ${fleetId}` });
  if (fleetId !== null) await inTransaction(ctx, (tx) => nameOf(tx, fleetId));
  await moveInChunks(ctx, hostIds, { to: fleetId, among: permitSome(ctx.actor, 'hosts:manage') });
}

async function nameOf(tx: Tx, fleetId: number): Promise<string> {
  const fleet = await holdFleet(tx, fleetId);
  if (!fleet) throw notFound(`Fleet ${fleetId}`);
  return fleet.name;
}

/** `among`: hosts that are in other fleets by now stay there. */
interface Moving {
  to: number | null;
  among: Fleets;
}

/** The same for a change that has checked who may. */
export const moveInChunks = (ctx: Context, hostIds: number[], moving: Moving): Promise<void> =>
  inChunks(hostIds, async (some) => {
    const moves = await inTransaction(ctx, (tx) => moveHosts(ctx, tx, { ...moving, hostIds: some }));
    if (moves.length === 0) return;
    ctx.nudges.send(moves.map((move) => move.hostId));
    await ctx.events.afterCommit(ctx, { name: 'hostsMoved', payload: { moves, at: ctx.clock() } });
  });

/** Moves one chunk. */
export async function moveHosts(
  ctx: Context,
  tx: Tx,
  { hostIds, to, among }: Moving & { hostIds: number[] },
): Promise<MovedHost[]> {
  await ctx.events.inTransaction(tx, ctx, { name: 'hostsChanging', payload: {} });
  const name = to === null ? null : await nameOf(tx, to);
  const hosts = (await queries.lockForChange(tx, hostIds)).filter(
    (host) => host.fleetId !== to && isIn(among, host.fleetId),
  );
  if (hosts.length === 0) return [];
  const at = ctx.clock();
  const ids = hosts.map((host) => host.id);
  await queries.closeFleetIntervals(tx, ids, at);
  await queries.moveHosts(tx, ids, { to, at });
  await queries.leaveLabels(tx, ids);
  const moves = hosts.map((host) => ({ hostId: host.id, from: host.fleetId, to }));
  await ctx.events.inTransaction(tx, ctx, { name: 'hostsMoved', payload: { moves, at } });
  const names = hosts.map((host) => host.displayName);
  await recordActivity(ctx, tx, {
    type: 'transferred_hosts',
    details: { team_id: to, team_name: name, fleet_id: to, fleet_name: name, host_ids: ids, host_display_names: names },
  });
  return moves;
}

import { recordActivity } from '../activity/index.ts';
import { isIn, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { inChunks } from './choose-hosts.ts';
import type { DeletedHost } from './events.ts';
import * as queries from './queries/change.ts';

/** Who or what wants hosts gone: a person, or the setting by which silent hosts end after so many days. */
export type Trigger = { by: 'manual' } | { by: 'expiration'; days: number };

/**
 * Deletes hosts, some at a time: their keys end, what is on them is past. One that enrols again has its record back.
 * @param hostIds from `chooseById` or `chooseByFilter`, which checked them
 */
export async function deleteHosts(ctx: Context, hostIds: number[], trigger: Trigger = { by: 'manual' }): Promise<void> {
  permitSome(ctx.actor, 'hosts:manage');
  await inChunks(hostIds, async (some) => {
    const hosts = await inTransaction(ctx, (tx) => deleteChunk(ctx, tx, { hostIds: some, trigger }));
    if (hosts.length === 0) return;
    // Whoever knows the hosts by their keys must forget them now.
    ctx.nudges.send(hosts.map((host) => host.hostId));
    await ctx.events.afterCommit(ctx, { name: 'hostsDeleted', payload: { hosts, at: ctx.clock() } });
  });
}

async function deleteChunk(
  ctx: Context,
  tx: Tx,
  { hostIds, trigger }: { hostIds: number[]; trigger: Trigger },
): Promise<DeletedHost[]> {
  const fleets = permitSome(ctx.actor, 'hosts:manage');
  await ctx.events.inTransaction(tx, ctx, { name: 'hostsChanging', payload: {} });
  const found = (await queries.lockForChange(tx, hostIds)).filter((host) => isIn(fleets, host.fleetId));
  if (found.length === 0) return [];
  const at = ctx.clock();
  const ids = found.map((host) => host.id);
  await queries.closeFleetIntervals(tx, ids, at);
  await queries.deleteHosts(tx, ids, at);
  const hosts = found.map((host) => ({ hostId: host.id, fleetId: host.fleetId }));
  await ctx.events.inTransaction(tx, ctx, { name: 'hostsDeleted', payload: { hosts, at } });
  await recordActivity(ctx, tx, { type: 'deleted_host', details: describe(found, trigger) });
  return hosts;
}

/** One host by its name; of several, an activity names all. */
function describe(hosts: queries.ChangingHost[], trigger: Trigger) {
  const [host, ...more] = hosts;
  const why = {
    triggered_by: trigger.by,
    ...(trigger.by === 'expiration' && { host_expiry_window: trigger.days }),
  };
  if (host && more.length === 0) {
    return { host_id: host.id, host_display_name: host.displayName, host_serial: host.serial, ...why };
  }
  const names = hosts.map((one) => one.displayName);
  return { host_ids: hosts.map((one) => one.id), host_display_names: names, host_count: hosts.length, ...why };
}

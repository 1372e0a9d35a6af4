import { randomUUID } from 'node:crypto';
import type { Rollout } from '@flotilla/contract/updates';
import { asSystem, type Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { conflict, invalid } from '../kernel/errors.ts';
import type { EventMap } from '../kernel/events.ts';
import { advanceRollout } from './advance-rollout.ts';
import { readRollout } from './list-rollouts.ts';
import { planRollout, type RolloutBody } from './plan-rollout.ts';
import { findTargets } from './queries/behind.ts';
import { insertMembers, insertRings } from './queries/rings.ts';
import { findUnderWay, insertRollout, lockRollout, lockRollouts } from './queries/rollouts.ts';
import { chooseFleet, librariesOf } from './reach.ts';
import { assignRings, planRings } from './rings.ts';
import { recordRolloutActivity } from './rollout-activity.ts';

/**
 * Starts a rollout to the hosts of this moment; its first ring opens at once.
 * @throws AppError `validation_failed` where there is nothing to roll out, `conflict` while another one of the title is under way
 */
export async function createRollout(ctx: Context, { name, ...body }: RolloutBody): Promise<{ rollout: Rollout }> {
  await chooseFleet(ctx, 'updates:write', body.fleet_id ?? null);
  const id = await inTransaction(ctx, (tx) => insert(ctx, tx, { ...body, ...(name && { name: name.trim() }) }));
  await advanceRollout(asSystem(ctx), id);
  return readRollout(ctx, id);
}

async function insert(ctx: Context, tx: Tx, { name, ...body }: RolloutBody): Promise<number> {
  await lockRollouts(tx);
  const { title, of, vulnerability, gate, firstPercent, target } = await planRollout(
    tx,
    body,
    librariesOf(ctx, 'updates:write'),
  );
  const fleetId = body.fleet_id ?? null;
  const fleetIds = fleetId === null ? null : [fleetId];
  const [other] = await findUnderWay(tx, { titleIds: [of.title_id], fleetIds });
  if (other) throw conflict('title_id', `The rollout ${other.name} of it is under way: wait for it, or abort it`);
  const hostIds = await findTargets(tx, target);
  if (hostIds.length === 0) {
    throw invalid(
      'title_id',
      `No host with an agent has ${title} older than ${of.version}${vulnerability === null ? '' : ` with ${vulnerability}`}`,
    );
  }
  const salt = randomUUID();
  const id = await insertRollout(tx, {
    name: name || `${title} ${of.version}`,
    fleet_id: fleetId,
    title_id: of.title_id,
    package_id: of.id,
    vulnerability,
    state: 'running',
    ...gate,
    salt,
    created_by: ctx.actor.kind === 'person' ? ctx.actor.name : 'Flotilla',
    account_id: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    created_at: ctx.clock(),
  });
  await insertRings(tx, id, planRings(hostIds.length, firstPercent));
  await insertMembers(tx, id, assignRings(hostIds, salt, firstPercent));
  const rollout = await lockRollout(tx, id);
  if (!rollout) throw new Error('the rollout was not stored');
  await recordRolloutActivity(ctx, tx, { type: 'started_rollout', rollout, details: { hosts: hostIds.length } });
  return id;
}

/** A package stays in the library while a rollout of it is under way. */
export async function refuseUsedPackages(
  tx: Tx,
  _ctx: Context,
  { packageIds }: EventMap['packagesDeleting'],
): Promise<void> {
  // Nobody starts such a rollout until the packages are gone.
  await lockRollouts(tx);
  const [user] = await findUnderWay(tx, { packageIds });
  if (user) throw conflict('base', `The rollout ${user.name} installs it: wait for it, or abort it first`);
}

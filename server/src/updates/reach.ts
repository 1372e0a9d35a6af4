import type { Permission } from '@flotilla/contract/route';
import { isFleet } from '../fleets/index.ts';
import { permitIn, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { invalid, notFound } from '../kernel/errors.ts';

/** Whose packages the actor may use; null are all. @throws AppError `forbidden` or `unauthenticated` */
export function librariesOf({ actor }: Context, permission: Permission): readonly number[] | null {
  const fleets = permitSome(actor, permission);
  return fleets === 'all' ? null : fleets;
}

/**
 * Which hosts a new rollout goes to: those of a fleet, or of all where the actor's role is everywhere.
 * @throws AppError `not_found` for another's fleet, `validation_failed` where none is named and one has to be
 */
export async function chooseFleet(
  ctx: Context,
  permission: Permission,
  fleetId: number | null,
): Promise<number | null> {
  const { actor } = ctx;
  const fleets = permitSome(actor, permission);
  if (fleets !== 'all' && fleetId === null) {
    throw invalid('fleet_id', `must name the fleet it is for: one of ${fleets.join(', ')}`);
  }
  if (fleetId === null) return null;
  const thing = `Fleet ${fleetId}`;
  permitIn(actor, permission, { fleetId, thing });
  if (fleetId !== 0 && !(await isFleet(ctx, fleetId))) throw notFound(thing);
  return fleetId;
}

/** A rollout to all fleets is only for people whose role is everywhere. @throws AppError `not_found`, `forbidden` or `unauthenticated` */
export function permitRollout(
  { actor }: Context,
  permission: Permission,
  rollout: { id: number; fleet_id: number | null },
): void {
  const thing = `Rollout ${rollout.id}`;
  if (rollout.fleet_id === null && permitSome(actor, permission) !== 'all') throw notFound(thing);
  permitIn(actor, permission, { fleetId: rollout.fleet_id, thing });
}

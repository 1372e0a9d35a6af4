import type { Permission } from '@flotilla/contract/route';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { ALL_FLEETS } from '../kernel/counters/spec.ts';
import { AppError, notFound } from '../kernel/errors.ts';
import { hasFleet } from './queries.ts';

/** Of which fleets a list is. */
export interface FleetScope {
  /** The `fleet_id` of counters and totals: -1 all, 0 no fleet, a fleet, or an audience of several. */
  counterId: number;
  /** For conditions on rows; null: all. 0 stands for hosts in no fleet. */
  fleetIds: readonly number[] | null;
}

/**
 * The first line of each list that can be of one fleet: the fleet asked for, else everything the actor may read.
 * @throws AppError `not_found` for a fleet that is not there or is another's, `forbidden`, `unauthenticated`
 */
export async function readScope(
  ctx: Context,
  permission: Permission,
  query: { fleet_id?: number; team_id?: number },
): Promise<FleetScope> {
  const { actor } = ctx;
  const asked = query.fleet_id ?? query.team_id;
  // Before the permission: whoever has nothing in a fleet does not learn that it is there.
  const isOthers =
    actor.kind === 'person' && actor.role === null && asked !== undefined && !actor.fleetRoles.has(asked);
  if (isOthers) throw notFound(`Fleet ${asked}`);
  const fleets = permitSome(actor, permission);
  if (asked !== undefined) {
    if (fleets !== 'all' && !fleets.includes(asked)) {
      throw new AppError('forbidden', {
        name: 'fleet_id',
        reason: `Your role in this fleet does not allow ${permission}`,
      });
    }
    if (asked !== 0 && !(await hasFleet(ctx.db, asked))) throw notFound(`Fleet ${asked}`);
    return { counterId: asked, fleetIds: [asked] };
  }
  if (fleets === 'all' || actor.kind !== 'person') return { counterId: ALL_FLEETS, fleetIds: null };
  if (actor.audienceId === null) throw new AppError('forbidden', { name: 'base', reason: 'Your roles read no hosts' });
  return { counterId: actor.audienceId, fleetIds: fleets };
}

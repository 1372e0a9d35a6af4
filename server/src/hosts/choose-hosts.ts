import type { ChangeFilters } from '@flotilla/contract/host-changes';
import { isIn, permitIn, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { AppError, notFound } from '../kernel/errors.ts';
import { readFilter } from './filter-hosts.ts';
import { readFleetIds } from './queries/change.ts';
import { findHostIds } from './queries/list.ts';

/** Hosts that are changed in one transaction. */
export const CHUNK = 500;

/**
 * The first line of changes of hosts by id.
 * @returns the hosts, each once and in the order of their ids
 * @throws AppError `not_found` where one is not there or in a fleet of others, `forbidden`
 */
export async function chooseById(ctx: Context, given: number[]): Promise<number[]> {
  permitSome(ctx.actor, 'hosts:manage');
  const ids = [...new Set(given)].sort((a, b) => a - b);
  const fleets = new Map((await readFleetIds(ctx.db, ids)).map((host) => [host.id, host.fleet_id]));
  for (const id of ids) {
    const fleetId = fleets.get(id);
    if (fleetId === undefined) throw notFound(`Host ${id}`);
    permitIn(ctx.actor, 'hosts:manage', { fleetId, thing: `Host ${id}` });
  }
  return ids;
}

/** The same by a filter: all that the actor sees of it, or none. */
export async function chooseByFilter(ctx: Context, filters: ChangeFilters): Promise<number[]> {
  const fleets = permitSome(ctx.actor, 'hosts:manage');
  const { query, status, label_id, fleet_id, team_id } = filters;
  const fleetId = fleet_id ?? team_id;
  const filter = await readFilter(ctx, {
    ...(query && { query }),
    ...(status && { status }),
    ...(label_id && { label_id }),
    ...(fleetId !== undefined && fleetId !== null && { fleet_id: fleetId }),
  });
  const other = filter.fleetIds?.find((id) => !isIn(fleets, id));
  if (other !== undefined) {
    throw new AppError('forbidden', {
      name: 'filters',
      reason: `Your role in fleet ${other} does not allow hosts:manage`,
    });
  }
  return findHostIds(ctx.db, filter);
}

/** Runs `change` for some hosts at a time, so that nobody waits long for one of them. */
export async function inChunks(ids: number[], change: (some: number[]) => Promise<void>): Promise<void> {
  for (let first = 0; first < ids.length; first += CHUNK) await change(ids.slice(first, first + CHUNK));
}

import { isFleet } from '../fleets/index.ts';
import type { Context } from '../kernel/context.ts';
import { badRequest, notFound } from '../kernel/errors.ts';

/**
 * The fleet a library belongs to; 0, also when none is named, is that of hosts in no fleet.
 * @throws AppError `not_found` for a fleet that is not there
 */
export async function readFleetId(ctx: Context, given: string | number | undefined): Promise<number> {
  if (given === undefined || given === '' || String(given) === '0') return 0;
  const id = Number(given);
  if (!Number.isSafeInteger(id) || id < 0) throw badRequest('fleet_id', 'must be the id of a fleet');
  if (!(await isFleet(ctx, id))) throw notFound(`Fleet ${id}`);
  return id;
}

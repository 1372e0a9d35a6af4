import { recordActivity } from '../activity/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db/database.ts';
import { notFound } from '../kernel/errors.ts';
import { writeSecrets } from './enrol-secrets.ts';
import { namesOf } from './fleet.ts';
import * as queries from './queries.ts';

/** Nobody enrols into the fleet any more. @throws AppError `not_found` */
export async function closeFleet(ctx: Context, tx: Tx, fleetId: number): Promise<void> {
  if (!(await queries.lockFleet(tx, fleetId))) throw notFound(`Fleet ${fleetId}`);
  await writeSecrets(ctx, tx, { fleetId, given: [] });
}

/**
 * Takes the fleet away, when its hosts are out of it and nobody objects. The caller holds it by `closeFleet` in the same transaction.
 * @throws AppError `conflict` from whoever has something of it
 */
export async function removeFleet(ctx: Context, tx: Tx, fleetId: number): Promise<void> {
  const fleet = await queries.lockFleet(tx, fleetId);
  if (!fleet) throw notFound(`Fleet ${fleetId}`);
  await ctx.events.inTransaction(tx, ctx, { name: 'fleetDeleting', payload: { fleetId, name: fleet.name } });
  await queries.deleteFleetRow(tx, fleetId);
  await recordActivity(ctx, tx, { type: 'deleted_team', details: namesOf(fleet) });
}

import type { Fleet, FleetChanges } from '@flotilla/contract/fleets';
import { recordActivity } from '../activity/index.ts';
import { permit, permitIn } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { notFound } from '../kernel/errors.ts';
import { addSecret, type GivenSecret, writeSecrets } from './enrol-secrets.ts';
import { namesOf, nameTaken, refuseReservedName } from './fleet.ts';
import { type FleetSettings, mergeSettings } from './fleet-settings.ts';
import { forgetHostSettings } from './host-settings.ts';
import { getFleet } from './list-fleets.ts';
import * as queries from './queries.ts';

interface NewFleet {
  name: string;
  description?: string;
  secrets?: GivenSecret[] | null;
}

/** Makes a fleet, with the secrets given or one made up. @throws AppError `conflict` for a name in use */
export async function createFleet(ctx: Context, fleet: NewFleet): Promise<Fleet> {
  permit(ctx.actor, 'fleets:write');
  const id = await inTransaction(ctx, (tx) => insert(ctx, tx, { ...fleet, settings: {} }));
  return getFleet(ctx, id);
}

async function insert(ctx: Context, tx: Tx, fleet: NewFleet & { settings: FleetSettings }): Promise<number> {
  const { name, description = '', secrets, settings } = fleet;
  refuseReservedName(name);
  const id = await queries.insertFleet(tx, { name, description, settings, at: ctx.clock() });
  if (id === null) throw nameTaken(name);
  if (secrets) await writeSecrets(ctx, tx, { fleetId: id, given: secrets });
  else await addSecret(ctx, tx, id);
  await recordActivity(ctx, tx, { type: 'created_team', details: namesOf({ id, name: name.trim() }) });
  return id;
}

/** Changes what is given and leaves the rest. @throws AppError `not_found`, `conflict` for a name in use */
export async function changeFleet(ctx: Context, id: number, changes: FleetChanges): Promise<Fleet> {
  permitIn(ctx.actor, 'fleets:write', { fleetId: id, thing: `Fleet ${id}` });
  await inTransaction(ctx, async (tx) => {
    if (changes.name !== undefined) await queries.lockNames(tx);
    const fleet = await queries.lockFleet(tx, id);
    if (!fleet) throw notFound(`Fleet ${id}`);
    await update(ctx, tx, { fleet, changes });
  });
  forgetHostSettings(ctx);
  return getFleet(ctx, id);
}

async function update(
  ctx: Context,
  tx: Tx,
  { fleet, changes }: { fleet: queries.LockedFleet; changes: FleetChanges },
): Promise<void> {
  const { name = fleet.name, description = fleet.description, ...settings } = changes;
  if (name !== fleet.name) refuseReservedName(name);
  if (await queries.isNameTaken(tx, name, fleet.id)) throw nameTaken(name);
  const after = { id: fleet.id, name, description, settings: mergeSettings(fleet.settings, settings) };
  await queries.updateFleet(tx, after, ctx.clock());
  await recordActivity(ctx, tx, { type: 'edited_team', details: namesOf(after) });
}

export type FleetSpec = FleetChanges & { name: string; secrets?: GivenSecret[] | null };

/** Makes or changes fleets by name, all or none. @returns their ids by name */
export async function applyFleetSpecs(ctx: Context, specs: FleetSpec[]): Promise<Record<string, number>> {
  permit(ctx.actor, 'fleets:write');
  return inTransaction(ctx, async (tx) => {
    await queries.lockNames(tx);
    const ids: Record<string, number> = {};
    for (const { secrets, ...changes } of specs) {
      const fleet = await queries.lockFleetByName(tx, changes.name);
      if (fleet) {
        await update(ctx, tx, { fleet, changes });
        if (secrets) await writeSecrets(ctx, tx, { fleetId: fleet.id, given: secrets });
      }
      const { name, description = '', ...settings } = changes;
      ids[name] = fleet?.id ?? (await insert(ctx, tx, { name, description, secrets: secrets ?? null, settings }));
    }
    return ids;
  });
}

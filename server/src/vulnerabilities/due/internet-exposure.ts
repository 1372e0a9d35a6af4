import { recordActivity } from '../../activity/index.ts';
import { readScope } from '../../fleets/index.ts';
import { findLabel, permitLabel } from '../../hosts/index.ts';
import { permitIn } from '../../kernel/access.ts';
import type { Context } from '../../kernel/context.ts';
import { inTransaction } from '../../kernel/db/database.ts';
import * as queries from './queries/rules.ts';
import { wantHostsSettled } from './queries/wanted.ts';
import { namedFleet } from './sla.ts';

interface InternetExposure {
  is_exposed: boolean | null;
}

/** What somebody said of a fleet. @throws AppError `not_found`, `forbidden` */
export async function readFleetExposure(ctx: Context, fleetId: number): Promise<InternetExposure> {
  await readScope(ctx, 'software:read', { fleet_id: fleetId });
  return { is_exposed: await queries.readFleetExposure(ctx.db, fleetId) };
}

/** @throws AppError `not_found`, `forbidden` */
export async function changeFleetExposure(
  ctx: Context,
  fleetId: number,
  { is_exposed }: InternetExposure,
): Promise<InternetExposure> {
  permitIn(ctx.actor, 'policies:write', { fleetId, thing: `Fleet ${fleetId}` });
  await inTransaction(ctx, async (tx) => {
    const fleet = await namedFleet(tx, fleetId);
    await queries.lockRules(tx);
    await queries.writeFleetExposure(tx, fleetId, is_exposed);
    await wantHostsSettled(tx, fleetId);
    await recordActivity(ctx, tx, { type: 'edited_internet_exposure', details: { ...fleet, is_exposed } });
  });
  return { is_exposed };
}

/** What somebody said of a label. @throws AppError `not_found`, `forbidden` */
export async function readLabelExposure(ctx: Context, labelId: number): Promise<InternetExposure> {
  const label = permitLabel(ctx, 'hosts:read', { found: await findLabel(ctx.db, labelId), name: String(labelId) });
  return { is_exposed: await queries.readLabelExposure(ctx.db, label.id) };
}

/** @throws AppError `not_found`, `forbidden` */
export async function changeLabelExposure(
  ctx: Context,
  labelId: number,
  { is_exposed }: InternetExposure,
): Promise<InternetExposure> {
  const label = permitLabel(ctx, 'labels:write', { found: await findLabel(ctx.db, labelId), name: String(labelId) });
  await inTransaction(ctx, async (tx) => {
    await queries.lockRules(tx);
    await queries.writeLabelExposure(tx, label.id, is_exposed);
    await queries.refreshLabels(tx);
    const details = { label_id: label.id, label_name: label.name, is_exposed };
    await recordActivity(ctx, tx, { type: 'edited_internet_exposure', details });
  });
  return { is_exposed };
}

/** Hosts came to labels or left them. */
export const refreshLabelExposure = (ctx: Context): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await queries.lockRules(tx);
    await queries.refreshLabels(tx);
  });

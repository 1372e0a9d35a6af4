import type { Sla } from '@flotilla/contract/due';
import type { SlaRule } from '@flotilla/engine/decisions/sla';
import { recordActivity } from '../../activity/index.ts';
import { holdFleet, readScope } from '../../fleets/index.ts';
import { permit, permitIn } from '../../kernel/access.ts';
import type { Context } from '../../kernel/context.ts';
import { ALL_FLEETS } from '../../kernel/counters/spec.ts';
import { inTransaction, type Tx } from '../../kernel/db/database.ts';
import { notFound } from '../../kernel/errors.ts';
import { wantAll } from '../actions/queries/wanting.ts';
import { readSlas, wantRated } from './queries/rating.ts';
import { lockRules, writeSla } from './queries/rules.ts';
import { wantHostsSettled } from './queries/wanted.ts';

interface FleetQuery {
  fleet_id?: number;
  team_id?: number;
}
const fleetIn = (query: FleetQuery) => query.fleet_id ?? query.team_id;

/** The table of a fleet, or of all. @throws AppError `not_found`, `forbidden` */
export async function readSla(ctx: Context, query: FleetQuery): Promise<Sla> {
  await readScope(ctx, 'software:read', query);
  return toAnswer(ctx, fleetIn(query));
}

async function toAnswer(ctx: Context, fleetId: number | undefined): Promise<Sla> {
  const slas = await readSlas(ctx.db);
  const of = (id: number) => slas.find((sla) => sla.fleetId === id)?.rules ?? null;
  return {
    rules: of(fleetId ?? ALL_FLEETS) as Sla['rules'],
    inherited_rules: (fleetId === undefined ? null : of(ALL_FLEETS)) as Sla['rules'],
  };
}

/** Sets the table of a fleet, or of all; null takes it back. @throws AppError `not_found`, `forbidden` */
export async function changeSla(ctx: Context, query: FleetQuery, rules: Sla['rules']): Promise<Sla> {
  const fleetId = fleetIn(query);
  if (fleetId === undefined) permit(ctx.actor, 'policies:write');
  else permitIn(ctx.actor, 'policies:write', { fleetId, thing: `Fleet ${fleetId}` });
  await inTransaction(ctx, async (tx) => {
    const fleet = await namedFleet(tx, fleetId);
    await lockRules(tx);
    await writeSla(tx, fleetId ?? ALL_FLEETS, rules as SlaRule[] | null);
    await wantRated(tx, 'all');
    await wantHostsSettled(tx, fleetId ?? 'all');
    // Actions are for hosts of all fleets: the table of one moves none of their dates.
    if (fleetId === undefined) await wantAll(tx);
    await recordActivity(ctx, tx, { type: 'edited_due_table', details: { ...fleet, rules } });
  });
  return toAnswer(ctx, fleetId);
}

/** How an activity names the fleet, which cannot go away meanwhile. @throws AppError `not_found` */
export async function namedFleet(tx: Tx, fleetId: number | undefined) {
  if (fleetId === undefined) return {};
  if (fleetId === 0) return { fleet_id: 0, fleet_name: null };
  const fleet = await holdFleet(tx, fleetId);
  if (!fleet) throw notFound(`Fleet ${fleetId}`);
  return { fleet_id: fleet.id, fleet_name: fleet.name };
}

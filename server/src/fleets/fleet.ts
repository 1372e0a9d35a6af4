import type { Fleet } from '@flotilla/contract/fleets';
import { type Actor, type Fleets, roleAllows } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { AppError, conflict } from '../kernel/errors.ts';
import { withDefaults } from './fleet-settings.ts';
import { type FleetRow, hasFleet, readSecretsOf } from './queries.ts';
import { toSecretAnswer } from './secret-answer.ts';

/** Whether there is such a fleet; 0, the hosts in no fleet, is none. */
export const isFleet = (ctx: Context, id: number): Promise<boolean> => hasFleet(ctx.db, id);

/** Everybody sees the fleets they have a role in. @throws AppError `unauthenticated` */
export function visibleFleets(actor: Actor): Fleets {
  if (actor.kind === 'system') return 'all';
  if (actor.kind !== 'person') throw new AppError('unauthenticated', { name: 'base', reason: 'Sign in first' });
  return actor.role === null ? [...actor.fleetRoles.keys()] : 'all';
}

const maySeeSecrets = (actor: Actor, fleetId: number): boolean => {
  if (actor.kind !== 'person') return actor.kind === 'system';
  const role = actor.role ?? actor.fleetRoles.get(fleetId);
  return role !== undefined && roleAllows(role, 'secrets:read');
};

/** Fleets in the contract's shape, in order; the secrets of each are for those who may hand them out. */
export async function toFleetAnswers(ctx: Context, rows: FleetRow[]): Promise<Fleet[]> {
  const shown = rows.map((row) => row.id).filter((id) => maySeeSecrets(ctx.actor, id));
  const secrets = Map.groupBy(await readSecretsOf(ctx.db, shown), (secret) => secret.fleet_id);
  return rows.map((row) => ({
    id: row.id,
    created_at: row.created_at.toISOString(),
    name: row.name,
    description: row.description,
    host_count: row.host_count,
    user_count: row.user_count,
    ...withDefaults(row.settings),
    scripts: null,
    software: { packages: null, fleet_maintained_apps: null, app_store_apps: null },
    secrets: (secrets.get(row.id) ?? []).map((secret) => toSecretAnswer(ctx, secret)),
  }));
}

/** What every activity about a fleet names, under both names of the thing. */
export const namesOf = ({ id, name }: { id: number; name: string }) => ({
  team_id: id,
  team_name: name,
  fleet_id: id,
  fleet_name: name,
});

/** @throws AppError `conflict` for names that mean the hosts in no fleet, or all of them */
export function refuseReservedName(name: string): void {
  if (/^(no team|all teams|unassigned|all fleets)$/i.test(name.trim())) {
    throw conflict('name', `"${name}" is what hosts in no fleet or in all fleets are called: choose another name`);
  }
}

export const nameTaken = (name: string) =>
  conflict('name', `There is a fleet called "${name}" already: choose another name`);

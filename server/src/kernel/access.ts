import type { Role } from '@flotilla/contract/accounts';
import type { Permission } from '@flotilla/contract/route';
import { AppError, notFound } from './errors.ts';

/** Who asks. `system` is the server itself, `host` an enrolled host that speaks for itself only. */
export type Actor = { kind: 'anonymous' } | { kind: 'system' } | { kind: 'host'; hostId: number } | Person;

export interface Person {
  kind: 'person';
  id: number;
  name: string;
  email: string;
  apiOnly: boolean;
  /** Until they have set a new password, they may do nothing else. */
  mustResetPassword: boolean;
  /** The role everywhere; null for a person with roles in fleets only. */
  role: Role | null;
  /** The role in each fleet, by the fleet's id; 0 are the hosts in no fleet. Empty where there is a role everywhere. */
  fleetRoles: ReadonlyMap<number, Role>;
  /** Which counters tell what this person may read. @see kernel/counters/audience.ts */
  audienceId: number | null;
}

/** The fleets something may be done in. */
export type Fleets = 'all' | readonly number[];

const reading: Permission[] = ['hosts:read', 'software:read', 'activities:read', 'policies:read', 'updates:read'];
const installing: Permission[] = ['hosts:write', 'hosts:install'];
const configuring: Permission[] = ['software:write', 'policies:write', 'labels:write'];
const maintaining: Permission[] = [
  ...reading,
  ...installing,
  ...configuring,
  'hosts:manage',
  'secrets:read',
  'updates:write',
  'exceptions:write',
  'stop:write',
];
const permissions: Record<Role, readonly Permission[]> = {
  admin: [
    ...maintaining,
    'secrets:write',
    'server:read',
    'server:write',
    'feeds:write',
    'fleets:write',
    'people:write',
  ],
  maintainer: [...maintaining, 'secrets:write', 'feeds:write'],
  // Whoever may start scripts may also stop them.
  technician: [...reading, ...installing, 'stop:write'],
  observer_plus: reading,
  observer: reading,
  gitops: ['secrets:read', 'secrets:write', 'server:write', 'fleets:write', ...configuring],
};

/** Whether a role includes a permission. */
export const roleAllows = (role: Role, permission: Permission): boolean => permissions[role].includes(permission);

/** Everything a role includes. */
export const permissionsOf = (role: Role): readonly Permission[] => permissions[role];

/** Roles that may read hosts and what is on them: their fleets make a person's audience. */
export const isReadingRole = (role: Role): boolean => roleAllows(role, 'hosts:read');

/**
 * The first line of each use case that is not about one fleet: only a role everywhere will do.
 * @throws AppError `unauthenticated` or `forbidden`
 */
export function permit(actor: Actor, permission: Permission): void {
  if (permitSome(actor, permission) !== 'all') throw forbidden(permission);
}

/**
 * The first line of each use case about what is in fleets.
 * @returns where the actor may do this: at least one fleet
 * @throws AppError `unauthenticated` or `forbidden`
 */
export function permitSome(actor: Actor, permission: Permission): Fleets {
  if (actor.kind === 'system') return 'all';
  if (actor.kind !== 'person') throw new AppError('unauthenticated', { name: 'base', reason: 'Sign in first' });
  if (actor.mustResetPassword) {
    throw new AppError('forbidden', {
      name: 'base',
      reason: 'Set a new password first: an administrator asked for it',
    });
  }
  if (actor.role !== null) {
    if (!roleAllows(actor.role, permission)) throw forbidden(permission);
    return 'all';
  }
  const fleets = [...actor.fleetRoles].filter(([, role]) => roleAllows(role, permission)).map(([id]) => id);
  if (fleets.length === 0) throw forbidden(permission);
  return fleets;
}

/**
 * Whether the actor may do this to a thing of this fleet. What is in another's fleet does not exist for them; what they see and may
 * not change is forbidden.
 * @param of `fleetId` null or 0: in no fleet; `thing`: as the answer names it, `Host 7`
 * @throws AppError `not_found`, `forbidden` or `unauthenticated`
 */
export function permitIn(actor: Actor, permission: Permission, of: { fleetId: number | null; thing: string }): void {
  if (actor.kind === 'person' && actor.role === null && !actor.fleetRoles.has(of.fleetId ?? 0))
    throw notFound(of.thing);
  const fleets = permitSome(actor, permission);
  if (fleets !== 'all' && !fleets.includes(of.fleetId ?? 0)) throw forbidden(permission);
}

/** Whether a role everywhere allows it. */
export const mayEverywhere = (actor: Actor, permission: Permission): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'person' && !actor.mustResetPassword && actor.role !== null && roleAllows(actor.role, permission));

/** Whether a thing of this fleet is among `fleets`. */
export const isIn = (fleets: Fleets, fleetId: number | null): boolean =>
  fleets === 'all' || fleets.includes(fleetId ?? 0);

const forbidden = (permission: Permission) =>
  new AppError('forbidden', { name: 'base', reason: `Your role does not allow ${permission}` });

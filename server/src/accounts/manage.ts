import { type Actor, type Fleets, isIn, permit, permitSome } from '../kernel/access.ts';
import { AppError, notFound } from '../kernel/errors.ts';
import type { Account, Roles } from './account.ts';

/**
 * The first line of each use case about somebody else's account. Whoever manages some fleets manages those whose roles are all in
 * these fleets: with one more role they would gain, by a new password, what they do not have.
 * @param thing as the answer names it, `User 7`
 * @throws AppError `not_found` for whoever has no fleet in common, `forbidden`, `unauthenticated`
 */
export function permitManaging(actor: Actor, account: Account, thing = `User ${account.id}`): void {
  const fleets = permitSeeing(actor, account, thing);
  if (!account.fleets.every(({ id }) => isIn(fleets, id))) {
    throw new AppError('forbidden', { name: 'base', reason: `${thing} has roles in fleets you do not manage` });
  }
}

/** Whether the actor may see an account: one fleet that they manage is enough. */
export function permitSeeing(actor: Actor, account: Account, thing = `User ${account.id}`): Fleets {
  if (actor.kind === 'person' && actor.role === null) {
    const shared = account.role === null && account.fleets.some(({ id }) => actor.fleetRoles.has(id));
    if (!shared) throw notFound(thing);
  }
  const fleets = permitSome(actor, 'people:write');
  if (fleets !== 'all' && !account.fleets.some(({ id }) => fleets.includes(id))) {
    throw new AppError('forbidden', { name: 'base', reason: `${thing} has no role in a fleet you manage` });
  }
  return fleets;
}

/** What is not there answers as what is another's. */
export function refuseUnknown(actor: Actor, thing: string): never {
  if (actor.kind !== 'person' || actor.role !== null) permitSome(actor, 'people:write');
  throw notFound(thing);
}

export const isSelf = (actor: Actor, id: number): boolean => actor.kind === 'person' && actor.id === id;

/** Nobody gives what is not theirs to give: a role everywhere needs one, a role in a fleet needs people managed there. */
export function permitGiving(actor: Actor, roles: Roles): void {
  if (roles.global !== null) permit(actor, 'people:write');
  const fleets = permitSome(actor, 'people:write');
  const foreign = roles.fleets.find(({ id }) => !isIn(fleets, id));
  if (foreign) {
    throw new AppError('forbidden', { name: 'fleets', reason: `You do not manage the people of fleet ${foreign.id}` });
  }
}

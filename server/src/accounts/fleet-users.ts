import { roles as allRoles, type Role } from '@flotilla/contract/accounts';
import { isFleet } from '../fleets/index.ts';
import { permitIn } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { invalid, notFound } from '../kernel/errors.ts';
import type { Account, Roles } from './account.ts';
import { findManaged } from './delete-user.ts';
import { lockAccounts, readAccountsOfFleet } from './queries/accounts.ts';
import { deleteInvitesInto } from './queries/invites.ts';
import { changeRoles } from './roles.ts';

async function permitFleet(ctx: Context, fleetId: number): Promise<void> {
  permitIn(ctx.actor, 'people:write', { fleetId, thing: `Fleet ${fleetId}` });
  if (!(await isFleet(ctx, fleetId))) throw notFound(`Fleet ${fleetId}`);
}

/** Who has a role in a fleet. */
export async function listFleetUsers(ctx: Context, fleetId: number): Promise<Account[]> {
  await permitFleet(ctx, fleetId);
  return inTransaction(ctx, (tx) => readAccountsOfFleet(tx, fleetId));
}

/** Gives people, who have roles in fleets already, one in this fleet. */
export async function setFleetUsers(
  ctx: Context,
  fleetId: number,
  given: readonly { id: number; role: string }[],
): Promise<void> {
  await permitFleet(ctx, fleetId);
  const known = given.map(({ id, role }) => ({ id, role: requireRole(role) }));
  await inTransaction(ctx, async (tx) => {
    for (const { id, role } of known) {
      const account = await findManaged(ctx, tx, id);
      if (account.role !== null) {
        throw invalid('users', `${account.name} has a role everywhere: change it to roles in fleets first`);
      }
      await changeRoles(ctx, tx, { account, roles: withRole(account, { id: fleetId, role }) });
    }
  });
}

/** Takes people their role in this fleet. Whoever had no other has none any more, and may do nothing. */
export async function removeFleetUsers(ctx: Context, fleetId: number, ids: readonly number[]): Promise<void> {
  await permitFleet(ctx, fleetId);
  await inTransaction(ctx, async (tx) => {
    for (const id of ids) {
      const account = await findManaged(ctx, tx, id);
      await changeRoles(ctx, tx, { account, roles: withoutFleet(account, fleetId) });
    }
  });
}

/** A fleet that ends takes the roles in it along, and the invitations. */
export async function forgetFleet(ctx: Context, tx: Tx, fleetId: number): Promise<void> {
  await lockAccounts(tx);
  for (const account of await readAccountsOfFleet(tx, fleetId)) {
    await changeRoles(ctx, tx, { account, roles: withoutFleet(account, fleetId) });
  }
  await deleteInvitesInto(tx, fleetId);
}

function requireRole(role: string): Role {
  const known = allRoles.find((one) => one === role);
  if (!known) throw invalid('users.role', `must be one of ${allRoles.join(', ')}`);
  return known;
}

const withoutFleet = ({ role, fleets }: Account, fleetId: number): Roles => ({
  global: role,
  fleets: fleets.filter(({ id }) => id !== fleetId),
});

const withRole = (account: Account, given: { id: number; role: Role }): Roles => ({
  global: null,
  fleets: [...withoutFleet(account, given.id).fleets, given],
});

import type { Role } from '@flotilla/contract/accounts';
import { recordActivity } from '../activity/index.ts';
import { isReadingRole } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { ensureAudience } from '../kernel/counters/audience.ts';
import type { Db, Tx } from '../kernel/db/database.ts';
import { invalid } from '../kernel/errors.ts';
import { type Account, nameOf, type Roles } from './account.ts';
import { countOtherAdmins, readFleets, writeRoles } from './queries/accounts.ts';
import { deletePersonalSessions } from './queries/sessions.ts';

interface RoleInput {
  global_role?: Role | null;
  fleets?: { id: number; role: Role }[];
  teams?: { id: number; role: Role }[];
}

/**
 * The roles a request asks for.
 * @returns null when it says nothing about roles
 * @throws AppError `validation_failed` for none, both kinds, a fleet twice or one that is not there
 */
export async function readRoles(db: Db | Tx, input: RoleInput): Promise<Roles | null> {
  const { global_role: global = null, fleets, teams } = input;
  if (fleets && teams) throw invalid('fleets', 'fleets and teams are the same: send one of them');
  const given = fleets ?? teams ?? [];
  if (global === null && given.length === 0) {
    if (input.global_role === undefined && !fleets && !teams) return null;
    throw invalid('global_role', 'Give a role everywhere (global_role) or roles in fleets (fleets)');
  }
  if (global !== null && given.length > 0) {
    throw invalid('global_role', 'Give a role everywhere (global_role) or roles in fleets (fleets), not both');
  }
  const ids = given.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw invalid('fleets', 'Name each fleet once');
  const known = new Set((await readFleets(db, ids)).map(({ id }) => id));
  const unknown = ids.find((id) => id !== 0 && !known.has(id));
  if (unknown !== undefined) throw invalid('fleets', `There is no fleet ${unknown}`);
  return { global, fleets: given };
}

/** @throws AppError `validation_failed` where roles have to be given */
export async function requireRoles(db: Db | Tx, input: RoleInput): Promise<Roles> {
  const roles = await readRoles(db, input);
  if (!roles) throw invalid('global_role', 'Give a role everywhere (global_role) or roles in fleets (fleets)');
  return roles;
}

/** The counters of what somebody with these roles may read. */
export function audienceOf(tx: Tx, roles: Roles): Promise<number | null> {
  if (roles.global !== null) return ensureAudience(tx, isReadingRole(roles.global) ? 'all' : []);
  return ensureAudience(
    tx,
    roles.fleets.filter(({ role }) => isReadingRole(role)).map(({ id }) => id),
  );
}

/** Gives the first roles to an account that has none. */
export async function giveRoles(ctx: Context, tx: Tx, { account, roles }: { account: Account; roles: Roles }) {
  await writeRoles(tx, account.id, { ...roles, audienceId: await audienceOf(tx, roles) });
  await recordRoles(ctx, tx, { account, roles });
}

/**
 * Changes roles, as far as they differ. What was signed in with the old ones ends, except the token of a program: its requests are
 * judged by the roles it has when they come.
 * @throws AppError `validation_failed` for the last administrator
 */
export async function changeRoles(ctx: Context, tx: Tx, { account, roles }: { account: Account; roles: Roles }) {
  if (isSame(account, roles)) return;
  if (roles.global !== 'admin') await keepAnAdmin(tx, account);
  await writeRoles(tx, account.id, { ...roles, audienceId: await audienceOf(tx, roles) });
  await deletePersonalSessions(tx, account.id);
  await recordRoles(ctx, tx, { account, roles });
}

/** @throws AppError `validation_failed` when nobody could administer any more */
export async function keepAnAdmin(tx: Tx, account: Account): Promise<void> {
  if (account.role !== 'admin' || account.apiOnly || (await countOtherAdmins(tx, account.id)) > 0) return;
  throw invalid('global_role', 'This is the last administrator: make another one first');
}

function isSame(account: Account, roles: Roles): boolean {
  if (account.role !== roles.global || account.fleets.length !== roles.fleets.length) return false;
  const present = new Map(account.fleets.map(({ id, role }) => [id, role]));
  return roles.fleets.every(({ id, role }) => present.get(id) === role);
}

/** One activity a difference, by the names of Fleet's API. */
async function recordRoles(ctx: Context, tx: Tx, { account, roles }: { account: Account; roles: Roles }) {
  const record = (type: string, details: object) =>
    recordActivity(ctx, tx, { type, details: { ...nameOf(account), ...details } });
  if (roles.global !== account.role) {
    if (roles.global !== null) await record('changed_user_global_role', { role: roles.global });
    else await record('deleted_user_global_role', { role: account.role });
  }
  const before = new Map(account.fleets.map(({ id, role }) => [id, role]));
  const after = new Map(roles.fleets.map(({ id, role }) => [id, role]));
  const names = new Map((await readFleets(tx, [...before.keys(), ...after.keys()])).map(({ id, name }) => [id, name]));
  const fleet = (id: number) => {
    const name = names.get(id) ?? 'Unassigned';
    return { team_id: id, team_name: name, fleet_id: id, fleet_name: name };
  };
  for (const [id, role] of after) {
    if (before.get(id) !== role) await record('changed_user_team_role', { role, ...fleet(id) });
  }
  for (const [id, role] of before) {
    if (!after.has(id)) await record('deleted_user_team_role', { role, ...fleet(id) });
  }
}

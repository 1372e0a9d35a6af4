import type { BodyOf } from '@flotilla/contract/route';
import type { createUser as createRoute } from '@flotilla/contract/users';
import { recordActivity } from '../activity/index.ts';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { conflict, invalid } from '../kernel/errors.ts';
import { type Account, emailKey, nameOf, type Roles, toPerson } from './account.ts';
import { permitGiving } from './manage.ts';
import { hashPassword, requirePassword } from './password.ts';
import { findAccount, findAccountByEmail, insertAccount, lockAccounts } from './queries/accounts.ts';
import { giveRoles, requireRoles } from './roles.ts';
import { startApiToken } from './sessions.ts';

/**
 * Makes the account of a person, who signs in with a password, or of a program, which has a token.
 * @returns the token of a program; it is not shown again
 */
export async function createUser(
  ctx: Context,
  body: BodyOf<typeof createRoute>,
): Promise<{ account: Account; token: string | null }> {
  permitSome(ctx.actor, 'people:write');
  const roles = await requireRoles(ctx.db, body);
  permitGiving(ctx.actor, roles);
  refuseOtherSignIns(body);
  const apiOnly = body.api_only ?? false;
  if (!apiOnly) requirePassword('password', body.password);
  const passwordHash = apiOnly ? null : await hashPassword(body.password ?? '');
  return inTransaction(ctx, async (tx) => {
    const account = await addAccount(ctx, tx, {
      name: body.name,
      email: body.email,
      passwordHash,
      apiOnly,
      mustResetPassword: !apiOnly && (body.admin_forced_password_reset ?? true),
      roles,
    });
    return { account, token: apiOnly ? await startApiToken(ctx, tx, account.id) : null };
  });
}

export interface AddedAccount {
  name: string;
  email: string;
  passwordHash: string | null;
  apiOnly: boolean;
  mustResetPassword: boolean;
  roles: Roles;
}

/** @throws AppError `conflict` when the address is taken */
export async function addAccount(ctx: Context, tx: Tx, added: AddedAccount): Promise<Account> {
  await lockAccounts(tx);
  const now = ctx.clock();
  const name = requireName(added.name);
  await refuseTaken(tx, added.email, null);
  const id = await insertAccount(tx, {
    name,
    email: added.email.trim(),
    email_key: emailKey(added.email),
    password_hash: added.passwordHash,
    api_only: added.apiOnly,
    force_password_reset: added.mustResetPassword,
    global_role: null,
    audience_id: null,
    created_at: now,
    updated_at: now,
  });
  const bare = await mustFind(tx, id);
  // Whoever takes an invitation, or sets the server up, made their account themselves.
  const by = ctx.actor.kind === 'anonymous' ? { ...ctx, actor: toPerson(bare) } : ctx;
  await recordActivity(by, tx, { type: 'created_user', details: nameOf(bare) });
  await giveRoles(by, tx, { account: bare, roles: added.roles });
  return mustFind(tx, id);
}

/** An account that this transaction made or changed. */
export async function mustFind(tx: Tx, id: number): Promise<Account> {
  const account = await findAccount(tx, id);
  if (!account) throw new Error(`account ${id} is gone`);
  return account;
}

export async function refuseTaken(tx: Tx, email: string, besides: number | null): Promise<void> {
  const other = await findAccountByEmail(tx, emailKey(email));
  if (other && other.id !== besides) throw conflict('email', 'Another account has this address');
}

export function requireName(name: string): string {
  if (name.trim() === '') throw invalid('name', 'must not be blank');
  return name.trim();
}

export function refuseOtherSignIns(body: { sso_enabled?: boolean; mfa_enabled?: boolean }): void {
  if (body.sso_enabled) throw invalid('sso_enabled', 'People sign in with a password only: leave it out');
  if (body.mfa_enabled) throw invalid('mfa_enabled', 'People sign in with a password only: leave it out');
}

import { recordActivity } from '../activity/index.ts';
import { permit, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { AppError, invalid } from '../kernel/errors.ts';
import { hashToken, newToken } from '../kernel/secrets.ts';
import { readServerSettings } from '../kernel/server-settings.ts';
import { emailKey, nameOf, toPerson } from './account.ts';
import { setPassword } from './change-password.ts';
import { mustFind } from './create-user.ts';
import { findManaged } from './delete-user.ts';
import { hashPassword, requirePassword } from './password.ts';
import { findAccountByEmail, lockAccounts } from './queries/accounts.ts';
import { findPasswordReset, replacePasswordReset } from './queries/password-resets.ts';
import { limitFailures, limitForgotten, type Peer } from './sign-in-limits.ts';

const LIFETIME = 86_400_000;

/**
 * There is no mail: whoever manages accounts finds the request among the activities and hands over a link. What happens is the
 * same for an address that nobody has, so neither answer nor time tells.
 */
export async function forgetPassword(ctx: Context, email: string, peer: Peer): Promise<void> {
  await limitForgotten(ctx, { peer, email: emailKey(email) });
  const details = { email, public_ip: peer };
  await inTransaction(ctx, (tx) => recordActivity(ctx, tx, { type: 'requested_password_reset', details }));
}

export interface HandedLink {
  token: string;
  url: string;
  expiresAt: Date;
}

/** Whose address it is; null for nobody's. */
export async function findAccountId(ctx: Context, email: string): Promise<number | null> {
  permit(ctx.actor, 'people:write');
  return (await findAccountByEmail(ctx.db, emailKey(email)))?.id ?? null;
}

/** Makes the link with which somebody sets a new password, once, within a day. It is not shown again. */
export async function makePasswordReset(ctx: Context, id: number): Promise<HandedLink> {
  permitSome(ctx.actor, 'people:write');
  const { serverUrl } = await readServerSettings(ctx);
  const token = newToken();
  const expiresAt = new Date(ctx.clock().getTime() + LIFETIME);
  await inTransaction(ctx, async (tx) => {
    const account = await findManaged(ctx, tx, id);
    if (account.apiOnly) throw invalid('id', `${account.name} is a program: give it a new token instead`);
    await replacePasswordReset(tx, { token_hash: hashToken(token), account_id: id, expires_at: expiresAt });
    await recordActivity(ctx, tx, { type: 'made_password_reset_link', details: nameOf(account) });
  });
  // After #, so that it reaches no log.
  return { token, url: `${serverUrl}/login/reset#${token}`, expiresAt };
}

export interface Reset {
  new_password: string;
  new_password_confirmation: string;
  password_reset_token: string;
}

/** Sets a new password with the token of a link, which works once. */
export async function resetPassword(ctx: Context, input: Reset, peer: Peer): Promise<void> {
  const tokenHash = hashToken(input.password_reset_token);
  await limitFailures(ctx, { peer, email: null }, async () => {
    if ((await findPasswordReset(ctx.db, tokenHash, ctx.clock())) === null) throw unknownLink();
  });
  requirePassword('new_password', input.new_password);
  if (input.new_password_confirmation !== input.new_password) {
    throw invalid('new_password_confirmation', 'must equal the password');
  }
  const passwordHash = await hashPassword(input.new_password);
  await inTransaction(ctx, async (tx) => {
    await lockAccounts(tx);
    const id = await findPasswordReset(tx, tokenHash, ctx.clock());
    if (id === null) throw unknownLink();
    const account = await mustFind(tx, id);
    await setPassword({ ...ctx, actor: toPerson(account) }, tx, { account, passwordHash, session: null });
  });
}

const unknownLink = () =>
  new AppError('unauthenticated', {
    name: 'password_reset_token',
    reason: 'This link was used, replaced, or is older than a day: ask for a new one',
  });

import { recordActivity } from '../activity/index.ts';
import type { Person } from '../kernel/access.ts';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { AppError, invalid, notFound } from '../kernel/errors.ts';
import { type Account, emailKey, nameOf } from './account.ts';
import { mustFind } from './create-user.ts';
import { findManaged } from './delete-user.ts';
import { checkPassword, hashPassword, requirePassword } from './password.ts';
import { findAccount, readPasswordHash, updateAccount } from './queries/accounts.ts';
import { deletePasswordResets } from './queries/password-resets.ts';
import { deletePersonalSessions, deleteSessionsOf } from './queries/sessions.ts';
import { limitFailures } from './sign-in-limits.ts';

/** Changes one's own password. @param session the hash of the token that goes on; all others end */
export async function changePassword(
  ctx: Context,
  input: { old_password: string; new_password: string },
  session: Buffer | null,
): Promise<void> {
  const account = await requireOwn(ctx);
  requirePassword('new_password', input.new_password);
  await checkOwnPassword(ctx, account, { field: 'old_password', password: input.old_password });
  if (input.new_password === input.old_password) throw invalid('new_password', 'must differ from the present one');
  const passwordHash = await hashPassword(input.new_password);
  await inTransaction(ctx, (tx) => setPassword(ctx, tx, { account, passwordHash, session }));
}

/** Sets the new password that an administrator asked for. */
export async function performRequiredReset(
  ctx: Context,
  newPassword: string,
  session: Buffer | null,
): Promise<Account> {
  const account = await requireOwn(ctx);
  if (!account.mustResetPassword) {
    throw new AppError('forbidden', { name: 'base', reason: 'Nobody asked for it: use change_password' });
  }
  requirePassword('new_password', newPassword);
  const present = await readPasswordHash(ctx.db, account.id);
  if (present && (await checkPassword(newPassword, present))) {
    throw invalid('new_password', 'must differ from the present one');
  }
  const passwordHash = await hashPassword(newPassword);
  return inTransaction(ctx, async (tx) => {
    await setPassword(ctx, tx, { account, passwordHash, session });
    return mustFind(tx, account.id);
  });
}

/** Lets somebody do nothing but set a new password; they have to sign in again. */
export async function requireReset(ctx: Context, id: number, isRequired: boolean): Promise<Account> {
  permitSome(ctx.actor, 'people:write');
  return inTransaction(ctx, async (tx) => {
    const account = await findManaged(ctx, tx, id);
    if (account.apiOnly) throw invalid('id', `${account.name} is a program: it has no password`);
    await updateAccount(tx, id, { force_password_reset: isRequired, updated_at: ctx.clock() });
    if (isRequired) await deletePersonalSessions(tx, id);
    const type = isRequired ? 'required_password_reset' : 'lifted_password_reset';
    await recordActivity(ctx, tx, { type, details: nameOf(account) });
    return mustFind(tx, id);
  });
}

/** Writes a new password. @param session goes on; null: all end */
export async function setPassword(
  ctx: Context,
  tx: Tx,
  { account, passwordHash, session }: { account: Account; passwordHash: string; session: Buffer | null },
): Promise<void> {
  await updateAccount(tx, account.id, {
    password_hash: passwordHash,
    force_password_reset: false,
    updated_at: ctx.clock(),
  });
  await deletePasswordResets(tx, account.id);
  await deleteSessionsOf(tx, account.id, session);
  await recordActivity(ctx, tx, { type: 'changed_password', details: nameOf(account) });
}

/**
 * Whoever holds a session proves that they are also the person.
 * @throws AppError `validation_failed` naming `field`, LimitError
 */
export async function checkOwnPassword(
  ctx: Context,
  account: Account,
  { field, password }: { field: string; password: string | undefined },
): Promise<void> {
  const stored = await readPasswordHash(ctx.db, account.id);
  if (stored === null) throw invalid(field, 'A program has no password');
  if (password === undefined) throw invalid(field, 'Send your present password');
  await limitFailures(ctx, { peer: null, email: emailKey(account.email) }, async () => {
    if (!(await checkPassword(password, stored))) throw invalid(field, 'is not your present password');
  });
}

async function requireOwn(ctx: Context): Promise<Account> {
  const { id } = ctx.actor as Person;
  const account = await findAccount(ctx.db, id);
  if (!account) throw notFound(`User ${id}`);
  if (account.apiOnly) throw new AppError('forbidden', { name: 'base', reason: 'A program has no password' });
  return account;
}

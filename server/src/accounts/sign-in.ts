import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { hashToken } from '../kernel/secrets.ts';
import { type Account, emailKey } from './account.ts';
import { checkPassword, hashPassword } from './password.ts';
import { deleteSession, findAccountByEmail } from './queries.ts';
import { startSession } from './sessions.ts';

/** Checked when there is no such account, so that the answer takes as long and tells nothing. */
const nobody = hashPassword('nobody has this password');

/** @throws AppError `authentication_failed`, the same for a wrong address and a wrong password */
export async function signIn(
  ctx: Context,
  input: { email: string; password: string },
): Promise<{ account: Account; token: string }> {
  const account = await findAccountByEmail(ctx.db, emailKey(input.email));
  const matches = await checkPassword(input.password, account?.passwordHash ?? (await nobody));
  if (!account?.passwordHash || !matches) {
    throw new AppError('authentication_failed', { name: 'base', reason: 'The address or the password is wrong' });
  }
  return { account, token: await startSession(ctx, ctx.db, account.id) };
}

export async function signOut(ctx: Context, token: string): Promise<void> {
  await deleteSession(ctx.db, hashToken(token));
}

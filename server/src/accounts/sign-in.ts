import { recordActivity } from '../activity/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { AppError } from '../kernel/errors.ts';
import { hashToken } from '../kernel/secrets.ts';
import { type Account, emailKey, toPerson } from './account.ts';
import { checkPassword, hashPassword } from './password.ts';
import { findAccountByEmail } from './queries/accounts.ts';
import { deleteSession } from './queries/sessions.ts';
import { startSession } from './sessions.ts';
import { limitFailures, type Peer } from './sign-in-limits.ts';

/** Checked when there is no such account, so that the answer takes as long and tells nothing. */
const nobody = hashPassword('nobody has this password');

/** @throws AppError `authentication_failed`, the same for a wrong address and a wrong password; LimitError */
export async function signIn(
  ctx: Context,
  input: { email: string; password: string },
  peer: Peer,
): Promise<{ account: Account; token: string }> {
  const email = emailKey(input.email);
  const account = await limitFailures(ctx, { peer, email }, async () => {
    const found = await findAccountByEmail(ctx.db, email);
    const matches = await checkPassword(input.password, found?.passwordHash ?? (await nobody));
    if (found?.passwordHash && matches) return found;
    const details = { email: input.email, public_ip: peer };
    await inTransaction(ctx, (tx) => recordActivity(ctx, tx, { type: 'user_failed_login', details }));
    throw new AppError('authentication_failed', { name: 'base', reason: 'The address or the password is wrong' });
  });
  const token = await inTransaction(ctx, async (tx) => {
    const actor = toPerson(account);
    await recordActivity({ ...ctx, actor }, tx, { type: 'user_logged_in', details: { public_ip: peer } });
    return startSession(ctx, tx, account.id);
  });
  return { account, token };
}

export async function signOut(ctx: Context, token: string): Promise<void> {
  await deleteSession(ctx.db, hashToken(token));
}

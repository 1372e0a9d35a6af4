import type { BodyOf } from '@flotilla/contract/route';
import type { editUser as editRoute } from '@flotilla/contract/users';
import { recordActivity } from '../activity/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { invalid, notFound } from '../kernel/errors.ts';
import { type Account, emailKey, nameOf } from './account.ts';
import { checkOwnPassword } from './change-password.ts';
import { mustFind, refuseOtherSignIns, refuseTaken, requireName } from './create-user.ts';
import { isSelf, permitGiving, permitManaging, refuseUnknown } from './manage.ts';
import { hashPassword, requirePassword } from './password.ts';
import { type AccountChange, findAccount, lockAccounts, updateAccount } from './queries/accounts.ts';
import { deletePasswordResets } from './queries/password-resets.ts';
import { deleteSessionsOf } from './queries/sessions.ts';
import { changeRoles, readRoles } from './roles.ts';

type Body = BodyOf<typeof editRoute>;

/**
 * Changes oneself, except one's roles, or somebody one manages.
 * @param session the hash of the token that goes on when one's own password changes
 */
export async function editUser(
  ctx: Context,
  id: number,
  { body, session }: { body: Body; session: Buffer | null },
): Promise<Account> {
  const isOwn = isSelf(ctx.actor, id);
  const account = await findAccount(ctx.db, id);
  if (!account) refuseUnknown(ctx.actor, `User ${id}`);
  const setsRoles = body.global_role !== undefined || body.fleets !== undefined || body.teams !== undefined;
  if (!isOwn || setsRoles) permitManaging(ctx.actor, account);
  const roles = await readRoles(ctx.db, body);
  if (roles) permitGiving(ctx.actor, roles);
  refuseOtherSignIns(body);
  const fresh = await readCredentials(ctx, { account, body, isOwn });
  return inTransaction(ctx, async (tx) => {
    await lockAccounts(tx);
    const before = await findAccount(tx, id);
    if (!before) throw notFound(`User ${id}`);
    if (!isOwn || roles) permitManaging(ctx.actor, before);
    if (fresh.email !== undefined) await refuseTaken(tx, fresh.email, id);
    await writeProfile(ctx, tx, { before, body, fresh });
    if (fresh.password_hash !== undefined) {
      await deletePasswordResets(tx, id);
      await deleteSessionsOf(tx, id, isOwn ? session : null);
    }
    if (roles) await changeRoles(ctx, tx, { account: before, roles });
    return mustFind(tx, id);
  });
}

type Credentials = Pick<AccountChange, 'email' | 'email_key' | 'password_hash' | 'force_password_reset'>;

/** What a stolen session must not change: one's own address and password need the present one. */
async function readCredentials(
  ctx: Context,
  { account, body, isOwn }: { account: Account; body: Body; isOwn: boolean },
): Promise<Credentials> {
  const email = body.email?.trim();
  const changesEmail = email !== undefined && email !== account.email;
  if (body.new_password !== undefined) {
    if (account.apiOnly) throw invalid('new_password', 'A program has no password: give it a new token instead');
    requirePassword('new_password', body.new_password);
  }
  if (isOwn && (changesEmail || body.new_password !== undefined)) {
    await checkOwnPassword(ctx, account, { field: 'password', password: body.password });
  }
  return {
    ...(changesEmail && { email, email_key: emailKey(email) }),
    ...(body.new_password !== undefined && {
      password_hash: await hashPassword(body.new_password),
      ...(isOwn && { force_password_reset: false }),
    }),
  };
}

async function writeProfile(
  ctx: Context,
  tx: Tx,
  { before, body, fresh }: { before: Account; body: Body; fresh: Credentials },
): Promise<void> {
  const name = body.name === undefined ? before.name : requireName(body.name);
  const changed = [
    ...(name !== before.name ? ['name'] : []),
    ...(fresh.email !== undefined ? ['email'] : []),
    ...(fresh.password_hash !== undefined ? ['password'] : []),
  ];
  const settings = body.settings && { settings: JSON.stringify({ ...before.settings, ...body.settings }) };
  if (changed.length === 0 && !settings) return;
  await updateAccount(tx, before.id, { name, ...fresh, ...settings, updated_at: ctx.clock() });
  if (changed.length === 0) return;
  await recordActivity(ctx, tx, { type: 'edited_user', details: { ...nameOf(before), changed } });
}

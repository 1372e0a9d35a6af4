import { recordActivity } from '../activity/index.ts';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { notFound } from '../kernel/errors.ts';
import { type Account, nameOf } from './account.ts';
import { permitManaging } from './manage.ts';
import { deleteAccount, findAccount, lockAccounts } from './queries/accounts.ts';
import { keepAnAdmin } from './roles.ts';

/** Deletes an account, with its sessions. What it did stays in the activities under its name. */
export async function deleteUser(ctx: Context, id: number): Promise<void> {
  permitSome(ctx.actor, 'people:write');
  await inTransaction(ctx, async (tx) => {
    const account = await findManaged(ctx, tx, id);
    await keepAnAdmin(tx, account);
    await deleteAccount(tx, id);
    await recordActivity(ctx, tx, { type: 'deleted_user', details: nameOf(account) });
  });
}

/** Somebody the actor manages, and nobody changes meanwhile. */
export async function findManaged(ctx: Context, tx: Tx, id: number): Promise<Account> {
  await lockAccounts(tx);
  const account = await findAccount(tx, id);
  if (!account) throw notFound(`User ${id}`);
  permitManaging(ctx.actor, account);
  return account;
}

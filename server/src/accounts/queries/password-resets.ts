import type { Db, Tx } from '../../kernel/db/database.ts';

/** A newer link ends the one before. */
export async function replacePasswordReset(
  tx: Tx,
  reset: { token_hash: Buffer; account_id: number; expires_at: Date },
): Promise<void> {
  await deletePasswordResets(tx, reset.account_id);
  await tx.insertInto('accounts.password_reset').values(reset).execute();
}

export const deletePasswordResets = (tx: Tx, accountId: number) =>
  tx.deleteFrom('accounts.password_reset').where('account_id', '=', accountId).execute();

/** Whose password a token may set. */
export async function findPasswordReset(db: Db | Tx, tokenHash: Buffer, now: Date): Promise<number | null> {
  const row = await db
    .selectFrom('accounts.password_reset')
    .select('account_id')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.account_id ?? null;
}

export const deleteExpiredPasswordResets = (db: Db, now: Date) =>
  db.deleteFrom('accounts.password_reset').where('expires_at', '<=', now).execute();

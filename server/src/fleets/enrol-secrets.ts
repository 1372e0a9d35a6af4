import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { hashToken, newToken } from '../kernel/secrets.ts';
import { findSecret, hasSecret, insertFirstSecret, lockSecrets, readSecrets } from './queries.ts';

export interface EnrolSecret {
  secret: string;
  createdAt: Date;
  fleetId: number | null;
}

/** The secrets in the clear, for those who hand them to hosts. */
export async function listEnrolSecrets(ctx: Context): Promise<EnrolSecret[]> {
  permit(ctx.actor, 'secrets:read');
  const rows = await readSecrets(ctx.db);
  return rows.map((row) => ({
    secret: ctx.secrets.open(row.secret_encrypted),
    createdAt: row.created_at,
    fleetId: row.fleet_id,
  }));
}

/** Makes the first secret when there is none, so that hosts can enrol before there is an administrator. */
export async function ensureEnrolSecret(ctx: Context): Promise<void> {
  permit(ctx.actor, 'secrets:read');
  await inTransaction(ctx, async (tx) => {
    await lockSecrets(tx);
    if (await hasSecret(tx)) return;
    const secret = newToken();
    await insertFirstSecret(tx, { secret_hash: hashToken(secret), secret_encrypted: ctx.secrets.seal(secret) });
  });
}

/**
 * The fleet a host joins with this secret.
 * @returns null when the secret is wrong
 */
export async function checkEnrolSecret(ctx: Context, secret: string): Promise<{ fleetId: number | null } | null> {
  const row = await findSecret(ctx.db, hashToken(secret));
  return row ? { fleetId: row.fleet_id } : null;
}

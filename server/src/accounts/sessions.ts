import type { Actor } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import type { Db, Tx } from '../kernel/db/database.ts';
import { hashToken, newToken } from '../kernel/secrets.ts';
import { type Account, toPerson } from './account.ts';
import { deleteExpiredSessions, findSession, insertSession, touchSession } from './queries.ts';

const DAY = 86_400_000;
/** A session ends 30 days after sign-in, and when it has not been used for 5 days. */
const LIFETIME = 30 * DAY;
const IDLE = 5 * DAY;
/** How exactly the last use is kept: once a minute spares most requests a write. */
const USE_GRAIN = 60_000;

/** @returns the token; only its hash is stored */
export async function startSession(ctx: Context, db: Db | Tx, accountId: number): Promise<string> {
  const token = newToken();
  const now = ctx.clock();
  await insertSession(db, {
    token_hash: hashToken(token),
    account_id: accountId,
    created_at: now,
    used_at: now,
    expires_at: new Date(now.getTime() + LIFETIME),
  });
  return token;
}

const limits = (now: Date) => ({ now, usedBefore: new Date(now.getTime() - IDLE) });

/** The person a session token belongs to; null when it is unknown, expired or was idle too long. */
export async function findPerson(ctx: Context, token: string): Promise<Actor | null> {
  const session = await findAccount(ctx, token);
  return session ? toPerson(session) : null;
}

export async function findAccount(ctx: Context, token: string): Promise<Account | null> {
  const now = ctx.clock();
  const hash = hashToken(token);
  const session = await findSession(ctx.db, hash, limits(now));
  if (!session) return null;
  if (now.getTime() - session.usedAt.getTime() > USE_GRAIN) await touchSession(ctx.db, hash, now);
  return session.account;
}

export const sweepSessions = (ctx: Context) => deleteExpiredSessions(ctx.db, limits(ctx.clock())).then(() => undefined);

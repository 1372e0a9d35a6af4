import type { Actor } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import type { Db, Tx } from '../kernel/db/database.ts';
import { sweepTries } from '../kernel/limit-tries.ts';
import { hashToken, newToken } from '../kernel/secrets.ts';
import { type Account, toPerson } from './account.ts';
import { deleteExpiredInvites } from './queries/invites.ts';
import { deleteExpiredPasswordResets } from './queries/password-resets.ts';
import {
  deleteExpiredSessions,
  deleteSessionsOf,
  findSession,
  insertSession,
  touchSession,
} from './queries/sessions.ts';

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

/**
 * The token of a program, which never ends by itself; the one before ends.
 * @returns the token; only its hash is stored
 */
export async function startApiToken(ctx: Context, tx: Tx, accountId: number): Promise<string> {
  await deleteSessionsOf(tx, accountId);
  const token = newToken();
  const now = ctx.clock();
  await insertSession(tx, {
    token_hash: hashToken(token),
    account_id: accountId,
    created_at: now,
    used_at: now,
    expires_at: null,
  });
  return token;
}

export const limits = (now: Date) => ({ now, usedBefore: new Date(now.getTime() - IDLE) });

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

/** Removes what has expired. */
export async function sweepExpired(ctx: Context): Promise<void> {
  const now = ctx.clock();
  await deleteExpiredSessions(ctx.db, limits(now));
  await deleteExpiredInvites(ctx.db, now);
  await deleteExpiredPasswordResets(ctx.db, now);
  await sweepTries(ctx);
}

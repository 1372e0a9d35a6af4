import type { Session as SessionSchema } from '@flotilla/contract/sessions';
import type { Static } from 'typebox';
import { recordActivity } from '../activity/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { type Account, nameOf } from './account.ts';
import { isSelf, permitManaging, refuseUnknown } from './manage.ts';
import { findAccount } from './queries/accounts.ts';
import {
  deleteSessionById,
  deleteSessionsOf,
  findSessionById,
  readSessionsOf,
  type SessionRow,
} from './queries/sessions.ts';
import { limits } from './sessions.ts';

type Session = Static<typeof SessionSchema>;

const toSession = (row: SessionRow): Session => ({
  session_id: row.id,
  user_id: row.account_id,
  created_at: row.created_at.toISOString(),
});

/** One's own session, or one of somebody one manages. */
export async function readSession(ctx: Context, id: number): Promise<Session> {
  return toSession((await findPermitted(ctx, id)).row);
}

export async function endSession(ctx: Context, id: number): Promise<void> {
  const { account } = await findPermitted(ctx, id);
  await inTransaction(ctx, async (tx) => {
    await deleteSessionById(tx, id);
    await recordActivity(ctx, tx, { type: 'ended_sessions', details: { ...nameOf(account), sessions: 1 } });
  });
}

export async function listSessionsOf(ctx: Context, accountId: number): Promise<Session[]> {
  await findAccountOf(ctx, accountId, `User ${accountId}`);
  return (await readSessionsOf(ctx.db, accountId, limits(ctx.clock()))).map(toSession);
}

/** Ends all sessions of somebody; for a program, its token. */
export async function endSessionsOf(ctx: Context, accountId: number): Promise<void> {
  const account = await findAccountOf(ctx, accountId, `User ${accountId}`);
  await inTransaction(ctx, async (tx) => {
    const sessions = await deleteSessionsOf(tx, accountId);
    await recordActivity(ctx, tx, { type: 'ended_sessions', details: { ...nameOf(account), sessions } });
  });
}

async function findPermitted(ctx: Context, id: number): Promise<{ row: SessionRow; account: Account }> {
  const row = await findSessionById(ctx.db, id, limits(ctx.clock()));
  if (!row) refuseUnknown(ctx.actor, `Session ${id}`);
  return { row, account: await findAccountOf(ctx, row.account_id, `Session ${id}`) };
}

async function findAccountOf(ctx: Context, id: number, thing: string): Promise<Account> {
  const account = await findAccount(ctx.db, id);
  if (!account) refuseUnknown(ctx.actor, thing);
  if (isSelf(ctx.actor, id)) return account;
  permitManaging(ctx.actor, account, thing);
  return account;
}

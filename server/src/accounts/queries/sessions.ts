import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { Account } from '../account.ts';
import { type AccountRow, COLUMNS, toAccount } from './accounts.ts';

export const insertSession = (
  db: Db | Tx,
  /** `expires_at` null: the token of a program. */
  session: { token_hash: Buffer; account_id: number; created_at: Date; used_at: Date; expires_at: Date | null },
) => db.insertInto('accounts.session').values(session).execute();

export const deleteSession = (db: Db | Tx, tokenHash: Buffer) =>
  db.deleteFrom('accounts.session').where('token_hash', '=', tokenHash).execute();

export const deleteSessionById = (tx: Tx, id: number) =>
  tx.deleteFrom('accounts.session').where('id', '=', id).execute();

/** @param except the token of a session that goes on */
export async function deleteSessionsOf(tx: Tx, accountId: number, except: Buffer | null = null): Promise<number> {
  const { rows } = await sql`
    delete from accounts.session where account_id = ${accountId} and token_hash is distinct from ${except}::bytea
    returning id`.execute(tx);
  return rows.length;
}

/** The sessions of a person, not the token of a program. */
export const deletePersonalSessions = (tx: Tx, accountId: number) =>
  tx.deleteFrom('accounts.session').where('account_id', '=', accountId).where('expires_at', 'is not', null).execute();

/** How long sessions live, from here on backwards. */
export interface SessionLimits {
  now: Date;
  usedBefore: Date;
}

export const deleteExpiredSessions = (db: Db, limits: SessionLimits) =>
  db
    .deleteFrom('accounts.session')
    .where('expires_at', 'is not', null)
    .where((where) => where.or([where('expires_at', '<=', limits.now), where('used_at', '<=', limits.usedBefore)]))
    .execute();

const isAlive = (limits: SessionLimits) => sql<boolean>`(session.expires_at is null
  or (session.expires_at > ${limits.now} and session.used_at > ${limits.usedBefore}))`;

/** The person behind a session that has neither expired nor been idle too long. */
export async function findSession(
  db: Db,
  tokenHash: Buffer,
  limits: SessionLimits,
): Promise<{ account: Account; usedAt: Date } | null> {
  const { rows } = await sql<AccountRow & { used_at: Date }>`
    select ${COLUMNS}, session.used_at from accounts.session as session
    join accounts.account as account on account.id = session.account_id
    where session.token_hash = ${tokenHash} and ${isAlive(limits)}`.execute(db);
  return rows[0] ? { account: toAccount(rows[0]), usedAt: rows[0].used_at } : null;
}

export interface SessionRow {
  id: number;
  account_id: number;
  created_at: Date;
}

export async function findSessionById(db: Db | Tx, id: number, limits: SessionLimits): Promise<SessionRow | null> {
  const { rows } = await sql<SessionRow>`
    select id, account_id, created_at from accounts.session as session
    where id = ${id} and ${isAlive(limits)}`.execute(db);
  return rows[0] ?? null;
}

export async function readSessionsOf(db: Db, accountId: number, limits: SessionLimits): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`
    select id, account_id, created_at from accounts.session as session
    where account_id = ${accountId} and ${isAlive(limits)} order by id desc`.execute(db);
  return rows;
}

export const touchSession = (db: Db, tokenHash: Buffer, usedAt: Date) =>
  db.updateTable('accounts.session').set({ used_at: usedAt }).where('token_hash', '=', tokenHash).execute();

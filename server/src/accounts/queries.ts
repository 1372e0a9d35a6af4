import type { Role } from '@flotilla/contract/accounts';
import { sql } from 'kysely';
import type { Db, Tx } from '../kernel/db/database.ts';
import type { Account } from './account.ts';

interface AccountRow {
  id: number;
  name: string;
  email: string;
  global_role: string;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = ['id', 'name', 'email', 'global_role', 'created_at', 'updated_at'] as const;
const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.global_role as Role,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Of several set-ups at once, one wins. */
export const lockAccounts = (tx: Tx) => sql`lock table accounts.account in share row exclusive mode`.execute(tx);

export async function hasAccount(db: Db | Tx): Promise<boolean> {
  const row = await db.selectFrom('accounts.account').select('id').limit(1).executeTakeFirst();
  return row !== undefined;
}

export interface NewAccount {
  name: string;
  email: string;
  email_key: string;
  password_hash: string;
  global_role: Role;
}

export async function insertAccount(tx: Tx, account: NewAccount): Promise<Account> {
  return toAccount(
    await tx.insertInto('accounts.account').values(account).returning(COLUMNS).executeTakeFirstOrThrow(),
  );
}

export async function findAccountByEmail(db: Db, key: string): Promise<(Account & { passwordHash: string }) | null> {
  const row = await db
    .selectFrom('accounts.account')
    .select([...COLUMNS, 'password_hash'])
    .where('email_key', '=', key)
    .executeTakeFirst();
  return row ? { ...toAccount(row), passwordHash: row.password_hash } : null;
}

export const insertSession = (
  db: Db | Tx,
  session: { token_hash: Buffer; account_id: number; created_at: Date; used_at: Date; expires_at: Date },
) => db.insertInto('accounts.session').values(session).execute();

export const deleteSession = (db: Db, tokenHash: Buffer) =>
  db.deleteFrom('accounts.session').where('token_hash', '=', tokenHash).execute();

export const deleteExpiredSessions = (db: Db, limits: { now: Date; usedBefore: Date }) =>
  db
    .deleteFrom('accounts.session')
    .where((where) => where.or([where('expires_at', '<=', limits.now), where('used_at', '<=', limits.usedBefore)]))
    .execute();

/** The person behind a session that has neither expired nor been idle too long. */
export async function findSession(
  db: Db,
  tokenHash: Buffer,
  limits: { now: Date; usedBefore: Date },
): Promise<{ account: Account; usedAt: Date } | null> {
  const row = await db
    .selectFrom('accounts.session as session')
    .innerJoin('accounts.account as account', 'account.id', 'session.account_id')
    .select([
      'account.id',
      'account.name',
      'account.email',
      'account.global_role',
      'account.created_at',
      'account.updated_at',
    ])
    .select('session.used_at')
    .where('session.token_hash', '=', tokenHash)
    .where('session.expires_at', '>', limits.now)
    .where('session.used_at', '>', limits.usedBefore)
    .executeTakeFirst();
  return row ? { account: toAccount(row), usedAt: row.used_at } : null;
}

export const touchSession = (db: Db, tokenHash: Buffer, usedAt: Date) =>
  db.updateTable('accounts.session').set({ used_at: usedAt }).where('token_hash', '=', tokenHash).execute();

import type { Role } from '@flotilla/contract/accounts';
import { sql } from 'kysely';
import type { Db, Tx } from '../kernel/db/database.ts';
import type { Account, AccountSettings, FleetRole } from './account.ts';

/** Everything of an account but its password. */
const COLUMNS = sql<AccountRow>`account.id, account.name, account.email, account.api_only, account.force_password_reset,
  account.global_role, account.audience_id, account.settings, account.created_at, account.updated_at,
  coalesce((select jsonb_agg(jsonb_build_object('id', of.fleet_id, 'name', coalesce(fleet.name, 'Unassigned'),
      'description', coalesce(fleet.description, ''), 'role', of.role) order by of.fleet_id)
    from accounts.fleet_role as of left join fleets.fleet as fleet on fleet.id = of.fleet_id
    where of.account_id = account.id), '[]') as fleets`;

interface AccountRow {
  id: number;
  name: string;
  email: string;
  api_only: boolean;
  force_password_reset: boolean;
  global_role: Role | null;
  audience_id: number | null;
  settings: AccountSettings;
  fleets: FleetRole[];
  created_at: Date;
  updated_at: Date;
}

const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  name: row.name,
  email: row.email,
  apiOnly: row.api_only,
  mustResetPassword: row.force_password_reset,
  role: row.global_role,
  audienceId: row.audience_id,
  fleets: row.fleets,
  settings: row.settings,
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
  /** Null for a program. */
  password_hash: string | null;
  api_only: boolean;
  force_password_reset: boolean;
  global_role: Role | null;
  audience_id: number | null;
}

/** @returns the id */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<number> {
  return (await tx.insertInto('accounts.account').values(account).returning('id').executeTakeFirstOrThrow()).id;
}

export async function findAccount(db: Db | Tx, id: number): Promise<Account | null> {
  const { rows } = await sql<AccountRow>`select ${COLUMNS} from accounts.account as account where id = ${id}`.execute(
    db,
  );
  return rows[0] ? toAccount(rows[0]) : null;
}

export async function findAccountByEmail(
  db: Db,
  key: string,
): Promise<(Account & { passwordHash: string | null }) | null> {
  const { rows } = await sql<AccountRow & { password_hash: string | null }>`
    select ${COLUMNS}, account.password_hash from accounts.account as account where email_key = ${key}`.execute(db);
  return rows[0] ? { ...toAccount(rows[0]), passwordHash: rows[0].password_hash } : null;
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
    .where('expires_at', 'is not', null)
    .where((where) => where.or([where('expires_at', '<=', limits.now), where('used_at', '<=', limits.usedBefore)]))
    .execute();

/** The person behind a session that has neither expired nor been idle too long. */
export async function findSession(
  db: Db,
  tokenHash: Buffer,
  limits: { now: Date; usedBefore: Date },
): Promise<{ account: Account; usedAt: Date } | null> {
  const { rows } = await sql<AccountRow & { used_at: Date }>`
    select ${COLUMNS}, session.used_at from accounts.session as session
    join accounts.account as account on account.id = session.account_id
    where session.token_hash = ${tokenHash} and (session.expires_at is null
      or (session.expires_at > ${limits.now} and session.used_at > ${limits.usedBefore}))`.execute(db);
  return rows[0] ? { account: toAccount(rows[0]), usedAt: rows[0].used_at } : null;
}

export const touchSession = (db: Db, tokenHash: Buffer, usedAt: Date) =>
  db.updateTable('accounts.session').set({ used_at: usedAt }).where('token_hash', '=', tokenHash).execute();

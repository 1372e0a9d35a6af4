import type { Role } from '@flotilla/contract/accounts';
import { type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { Account, AccountSettings, FleetRole, Roles } from '../account.ts';

/** Everything of an account but its password. */
export const COLUMNS = sql<AccountRow>`account.id, account.name, account.email, account.api_only,
  account.force_password_reset, account.global_role, account.audience_id, account.settings, account.created_at,
  account.updated_at,
  coalesce((select jsonb_agg(jsonb_build_object('id', of.fleet_id, 'name', coalesce(fleet.name, 'Unassigned'),
      'description', coalesce(fleet.description, ''), 'role', of.role) order by of.fleet_id)
    from accounts.fleet_role as of left join fleets.fleet as fleet on fleet.id = of.fleet_id
    where of.account_id = account.id), '[]') as fleets`;

export interface AccountRow {
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

export const toAccount = (row: AccountRow): Account => ({
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

/** Of several changes of people at once, each sees the one before: one first set-up, one last administrator. */
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
  created_at: Date;
  updated_at: Date;
}

/** @returns the id */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<number> {
  return (await tx.insertInto('accounts.account').values(account).returning('id').executeTakeFirstOrThrow()).id;
}

export interface AccountChange {
  name?: string;
  email?: string;
  email_key?: string;
  password_hash?: string;
  force_password_reset?: boolean;
  settings?: string;
  updated_at: Date;
}

export const updateAccount = (tx: Tx, id: number, change: AccountChange) =>
  tx.updateTable('accounts.account').set(change).where('id', '=', id).execute();

export const deleteAccount = (tx: Tx, id: number) => tx.deleteFrom('accounts.account').where('id', '=', id).execute();

/** The roles of an account from now on. */
export async function writeRoles(tx: Tx, id: number, roles: Roles & { audienceId: number | null }): Promise<void> {
  await tx
    .updateTable('accounts.account')
    .set({ global_role: roles.global, audience_id: roles.audienceId })
    .where('id', '=', id)
    .execute();
  await tx.deleteFrom('accounts.fleet_role').where('account_id', '=', id).execute();
  if (roles.fleets.length === 0) return;
  await tx
    .insertInto('accounts.fleet_role')
    .values(roles.fleets.map(({ id: fleetId, role }) => ({ account_id: id, fleet_id: fleetId, role })))
    .execute();
}

export async function findAccount(db: Db | Tx, id: number): Promise<Account | null> {
  const { rows } = await sql<AccountRow>`select ${COLUMNS} from accounts.account as account where id = ${id}`.execute(
    db,
  );
  return rows[0] ? toAccount(rows[0]) : null;
}

export async function findAccountByEmail(
  db: Db | Tx,
  key: string,
): Promise<(Account & { passwordHash: string | null }) | null> {
  const { rows } = await sql<AccountRow & { password_hash: string | null }>`
    select ${COLUMNS}, account.password_hash from accounts.account as account where email_key = ${key}`.execute(db);
  return rows[0] ? { ...toAccount(rows[0]), passwordHash: rows[0].password_hash } : null;
}

export async function readPasswordHash(db: Db | Tx, id: number): Promise<string | null> {
  const row = await db.selectFrom('accounts.account').select('password_hash').where('id', '=', id).executeTakeFirst();
  return row?.password_hash ?? null;
}

/** People who may do everything and can sign in, besides one. */
export async function countOtherAdmins(tx: Tx, id: number): Promise<number> {
  const row = await tx
    .selectFrom('accounts.account')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('global_role', '=', 'admin')
    .where('api_only', '=', false)
    .where('id', '<>', id)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

const ORDERS = {
  id: sql.ref('account.id'),
  name: sql.ref('account.name'),
  email: sql.ref('account.email'),
  created_at: sql.ref('account.created_at'),
};
/** As whom the last value seen is read. */
const TYPES = { id: sql`int`, name: sql`text`, email: sql`text`, created_at: sql`timestamptz` };

export interface AccountList {
  /** With a role in one of these; null: all. */
  fleetIds: readonly number[] | null;
  query: string | null;
  order: keyof typeof ORDERS;
  after: string | null;
  descending: boolean;
  offset: number;
  limit: number;
}

const allOf = (conditions: ReturnType<typeof sql<SqlBool>>[]) =>
  conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`;

/** @param list.query part of the name or of the address */
export async function readAccounts(db: Db, list: AccountList): Promise<{ accounts: Account[]; count: number }> {
  const column = ORDERS[list.order];
  const conditions = [];
  if (list.fleetIds) {
    conditions.push(sql<SqlBool>`exists (select from accounts.fleet_role as of
      where of.account_id = account.id and of.fleet_id = any(${list.fleetIds}::int[]))`);
  }
  if (list.query !== null) {
    conditions.push(sql<SqlBool>`(strpos(lower(account.name), lower(${list.query})) > 0
      or strpos(account.email_key, lower(${list.query})) > 0)`);
  }
  const wanted = allOf(conditions);
  if (list.after !== null) {
    const value = sql`${list.after}::${TYPES[list.order]}`;
    conditions.push(sql<SqlBool>`${column} ${list.descending ? sql`<` : sql`>`} ${value}`);
  }
  const { rows } = await sql<AccountRow>`
    select ${COLUMNS} from accounts.account as account where ${allOf(conditions)}
    order by ${column} ${list.descending ? sql`desc` : sql`asc`}, account.id
    offset ${list.offset} limit ${list.limit}`.execute(db);
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from accounts.account as account where ${wanted}`.execute(db);
  return { accounts: rows.map(toAccount), count: counted.rows[0]?.count ?? 0 };
}

/** Which of these are fleets; null: all fleets there are. */
export const readFleets = (db: Db | Tx, ids: readonly number[] | null) =>
  db
    .selectFrom('fleets.fleet')
    .select(['id', 'name', 'description'])
    .$if(ids !== null, (query) => query.where('id', 'in', [...(ids ?? []), -1]))
    .orderBy('name_key')
    .execute();

/** People with a role in a fleet. */
export async function readAccountsOfFleet(tx: Tx, fleetId: number): Promise<Account[]> {
  const { rows } = await sql<AccountRow>`
    select ${COLUMNS} from accounts.account as account
    where exists (select from accounts.fleet_role as of where of.account_id = account.id and of.fleet_id = ${fleetId})
    order by account.id`.execute(tx);
  return rows.map(toAccount);
}

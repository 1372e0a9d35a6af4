import type { Role } from '@flotilla/contract/accounts';
import { type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { InviteRow } from '../invite.ts';

export interface NewInvite {
  token_hash: Buffer;
  email: string;
  email_key: string;
  name: string;
  global_role: Role | null;
  /** JSON of fleets and roles. */
  fleets: string;
  invited_by: number | null;
  created_at: Date;
  updated_at: Date;
  expires_at: Date;
}

/** An older invitation to the same address ends. @returns the id */
export async function insertInvite(tx: Tx, invite: NewInvite): Promise<number> {
  await tx.deleteFrom('accounts.invite').where('email_key', '=', invite.email_key).execute();
  return (await tx.insertInto('accounts.invite').values(invite).returning('id').executeTakeFirstOrThrow()).id;
}

export const updateInvite = (
  tx: Tx,
  id: number,
  change: Pick<NewInvite, 'email' | 'email_key' | 'name' | 'global_role' | 'fleets' | 'updated_at'>,
) => tx.updateTable('accounts.invite').set(change).where('id', '=', id).execute();

export const deleteInvite = (tx: Tx, id: number) => tx.deleteFrom('accounts.invite').where('id', '=', id).execute();

const COLUMNS = sql<InviteRow>`id, email, name, global_role, fleets, invited_by, created_at, updated_at, expires_at`;

export async function findInvite(db: Db | Tx, id: number, now: Date): Promise<InviteRow | null> {
  const { rows } = await sql<InviteRow>`
    select ${COLUMNS} from accounts.invite where id = ${id} and expires_at > ${now}`.execute(db);
  return rows[0] ?? null;
}

export async function findInviteByToken(db: Db | Tx, tokenHash: Buffer, now: Date): Promise<InviteRow | null> {
  const { rows } = await sql<InviteRow>`
    select ${COLUMNS} from accounts.invite where token_hash = ${tokenHash} and expires_at > ${now}`.execute(db);
  return rows[0] ?? null;
}

/** Another invitation to this address, besides one. */
export async function hasInviteTo(tx: Tx, emailKey: string, besides: number): Promise<boolean> {
  const row = await tx
    .selectFrom('accounts.invite')
    .select('id')
    .where('email_key', '=', emailKey)
    .where('id', '<>', besides)
    .executeTakeFirst();
  return row !== undefined;
}

const ORDERS = {
  id: sql.ref('id'),
  name: sql.ref('name'),
  email: sql.ref('email'),
  created_at: sql.ref('created_at'),
};

export interface InviteList {
  /** Into these fleets only; null: all. */
  fleetIds: readonly number[] | null;
  query: string | null;
  order: keyof typeof ORDERS;
  descending: boolean;
  offset: number;
  limit: number;
  now: Date;
}

export async function readInvites(db: Db, list: InviteList): Promise<InviteRow[]> {
  const within = list.fleetIds
    ? sql<SqlBool>`global_role is null and not exists (select from jsonb_array_elements(fleets) as of
        where (of ->> 'id')::int <> all(${list.fleetIds}::int[]))`
    : sql<SqlBool>`true`;
  const matching =
    list.query === null
      ? sql<SqlBool>`true`
      : sql<SqlBool>`(strpos(lower(name), lower(${list.query})) > 0 or strpos(email_key, lower(${list.query})) > 0)`;
  const { rows } = await sql<InviteRow>`
    select ${COLUMNS} from accounts.invite where expires_at > ${list.now} and ${within} and ${matching}
    order by ${ORDERS[list.order]} ${list.descending ? sql`desc` : sql`asc`}, id
    offset ${list.offset} limit ${list.limit}`.execute(db);
  return rows;
}

/** A fleet that ends takes the invitations into it along: nobody was promised anything else. */
export const deleteInvitesInto = (tx: Tx, fleetId: number) =>
  sql`delete from accounts.invite where fleets @> ${JSON.stringify([{ id: fleetId }])}::jsonb`.execute(tx);

export const deleteExpiredInvites = (db: Db, now: Date) =>
  db.deleteFrom('accounts.invite').where('expires_at', '<=', now).execute();

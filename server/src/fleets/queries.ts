import { sql } from 'kysely';
import type { Fleets } from '../kernel/access.ts';
import type { Db, Tx } from '../kernel/db/database.ts';
import { escapeLike } from '../kernel/db/like.ts';
import type { FleetSettings } from './fleet-settings.ts';

export interface SealedSecret {
  fleet_id: number | null;
  secret_encrypted: Buffer;
  created_at: Date;
  quota: number | null;
  used: number;
}

/** The secrets of some fleets; null: those of hosts in no fleet. */
export const readSecretsOf = (db: Db, fleetIds: number[] | null): Promise<SealedSecret[]> =>
  db
    .selectFrom('fleets.enrol_secret')
    .select(['fleet_id', 'secret_encrypted', 'created_at', 'quota', 'used'])
    .where((where) =>
      fleetIds ? where('fleet_id', '=', sql<number>`any(${fleetIds}::int[])`) : where('fleet_id', 'is', null),
    )
    .orderBy('id')
    .execute();

export const readAllSecrets = (tx: Tx) =>
  tx.selectFrom('fleets.enrol_secret').select(['id', 'fleet_id', 'secret_hash', 'quota']).execute();

/** Whoever ends the secret waits for those who enrol with it now. */
export const holdSecret = (tx: Tx, secretHash: Buffer) =>
  tx
    .selectFrom('fleets.enrol_secret')
    .select(['id', 'fleet_id'])
    .where('secret_hash', '=', secretHash)
    .forKeyShare()
    .executeTakeFirst();

/** Without a quota nothing is counted, so that many hosts can enrol at once. */
export async function useSecret(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`
    with used as (
      update fleets.enrol_secret set used = used + 1 where id = ${id} and quota > used returning 1
    )
    select quota is null or exists (select from used) as free from fleets.enrol_secret where id = ${id}`.execute(tx);
  return rows[0]?.free ?? false;
}

export interface NewSecret {
  fleet_id: number | null;
  secret_hash: Buffer;
  secret_encrypted: Buffer;
  quota: number | null;
  created_at: Date;
}

export const insertSecret = (tx: Tx, row: NewSecret) => tx.insertInto('fleets.enrol_secret').values(row).execute();

/** Counting begins anew. */
export const setQuota = (tx: Tx, id: number, quota: number | null) =>
  tx.updateTable('fleets.enrol_secret').set({ quota, used: 0 }).where('id', '=', id).execute();

export const deleteSecrets = (tx: Tx, ids: number[]) =>
  tx.deleteFrom('fleets.enrol_secret').where('id', '=', sql<number>`any(${ids}::int[])`).execute();

export async function hasSecret(tx: Tx): Promise<boolean> {
  const row = await tx.selectFrom('fleets.enrol_secret').select('id').limit(1).executeTakeFirst();
  return row !== undefined;
}

export async function hasFleet(db: Db, id: number): Promise<boolean> {
  const row = await db.selectFrom('fleets.fleet').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** Two processes that start at once make one secret between them. */
export const lockSecrets = (tx: Tx) => sql`lock table fleets.enrol_secret in share row exclusive mode`.execute(tx);

export interface FleetRow {
  id: number;
  name: string;
  description: string;
  settings: FleetSettings;
  created_at: Date;
  host_count: number;
  user_count: number;
}

export interface FleetPage {
  visible: Fleets;
  text?: string;
  key: keyof typeof ORDERS;
  descending: boolean;
  offset: number;
  limit: number;
}

const ORDERS = {
  id: sql`fleet.id`,
  name: sql`fleet.name_key`,
  created_at: sql`fleet.created_at`,
  host_count: sql`host_count`,
};

const FLEETS = sql`
  select fleet.id, fleet.name, fleet.description, fleet.settings, fleet.created_at,
    (select count(*)::int from hosts.host as host where host.fleet_id = fleet.id and host.deleted_at is null) as host_count,
    (select count(*)::int from accounts.fleet_role as role where role.fleet_id = fleet.id) as user_count
  from fleets.fleet as fleet`;

export async function listFleetRows(db: Db, page: FleetPage): Promise<FleetRow[]> {
  const direction = page.descending ? sql`desc` : sql`asc`;
  const visible = page.visible === 'all' ? sql`true` : sql`fleet.id = any(${[...page.visible]}::int[])`;
  const found = page.text ? sql`and fleet.name_key like ${`%${escapeLike(page.text.toLowerCase())}%`}` : sql``;
  const { rows } = await sql<FleetRow>`${FLEETS} where ${visible} ${found}
    order by ${ORDERS[page.key]} ${direction}, fleet.id ${direction} offset ${page.offset} limit ${page.limit}`.execute(
    db,
  );
  return rows;
}

export async function readFleet(db: Db, id: number): Promise<FleetRow | null> {
  const { rows } = await sql<FleetRow>`${FLEETS} where fleet.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** What was set of one fleet; null without it. */
export async function readFleetSettings(db: Db, id: number): Promise<FleetSettings | null> {
  const row = await db.selectFrom('fleets.fleet').select('settings').where('id', '=', id).executeTakeFirst();
  return (row?.settings as FleetSettings | undefined) ?? null;
}

export interface LockedFleet {
  id: number;
  name: string;
  description: string;
  settings: FleetSettings;
}

const COLUMNS = ['id', 'name', 'description'] as const;

/** The fleet, which nobody else changes or deletes until the transaction ends. */
export const lockFleet = (tx: Tx, id: number): Promise<LockedFleet | undefined> =>
  tx
    .selectFrom('fleets.fleet')
    .select(COLUMNS)
    .select(sql<FleetSettings>`settings`.as('settings'))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

/** The same by name, whatever its case. */
export const lockFleetByName = (tx: Tx, name: string): Promise<LockedFleet | undefined> =>
  tx
    .selectFrom('fleets.fleet')
    .select(COLUMNS)
    .select(sql<FleetSettings>`settings`.as('settings'))
    .where('name_key', '=', nameKey(name))
    .forUpdate()
    .executeTakeFirst();

/** The fleet, which is not deleted until the transaction ends. */
export const holdFleet = (tx: Tx, id: number): Promise<{ id: number; name: string } | undefined> =>
  tx.selectFrom('fleets.fleet').select(['id', 'name']).where('id', '=', id).forKeyShare().executeTakeFirst();

const nameKey = (name: string) => name.trim().toLowerCase();

/** @returns null when another fleet has the name */
export async function insertFleet(
  tx: Tx,
  fleet: { name: string; description: string; settings: FleetSettings; at: Date },
): Promise<number | null> {
  const { name, description, at } = fleet;
  const row = await tx
    .insertInto('fleets.fleet')
    .values({
      name: name.trim(),
      name_key: nameKey(name),
      description,
      settings: JSON.stringify(fleet.settings),
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.column('name_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** @returns whether another fleet has the name */
export async function isNameTaken(tx: Tx, name: string, except: number): Promise<boolean> {
  const row = await tx
    .selectFrom('fleets.fleet')
    .select('id')
    .where('name_key', '=', nameKey(name))
    .where('id', '<>', except)
    .executeTakeFirst();
  return row !== undefined;
}

export const updateFleet = (tx: Tx, { id, name, description, settings }: LockedFleet, at: Date) =>
  tx
    .updateTable('fleets.fleet')
    .set({
      name: name.trim(),
      name_key: nameKey(name),
      description,
      settings: JSON.stringify(settings),
      updated_at: at,
    })
    .where('id', '=', id)
    .execute();

export const deleteFleetRow = (tx: Tx, id: number) => tx.deleteFrom('fleets.fleet').where('id', '=', id).execute();

/** Changes of names come one after the other. */
export const lockNames = (tx: Tx) => sql`lock table fleets.fleet in share row exclusive mode`.execute(tx);

/** The setting by which hosts that stay silent are deleted, of each fleet that has it on. */
export async function readExpiryWindows(db: Db): Promise<{ fleetId: number; days: number | null }[]> {
  const { rows } = await sql<{ fleetId: number; days: number | null }>`
    select id as "fleetId", case when (settings #>> '{host_expiry_settings,host_expiry_enabled}')::boolean
      then (settings #>> '{host_expiry_settings,host_expiry_window}')::int end as days
    from fleets.fleet where settings ? 'host_expiry_settings' order by id`.execute(db);
  return rows;
}

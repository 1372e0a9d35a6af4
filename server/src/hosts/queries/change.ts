import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';

/** Hosts that are there, with their fleets. */
export const readFleetIds = (db: Db, ids: number[]): Promise<{ id: number; fleet_id: number | null }[]> =>
  db
    .selectFrom('hosts.host')
    .select(['id', 'fleet_id'])
    .where('id', '=', sql<number>`any(${ints(ids)}::int[])`)
    .where('deleted_at', 'is', null)
    .execute();

export interface ChangingHost {
  id: number;
  fleetId: number | null;
  displayName: string;
  serial: string;
}

/** Hosts that are there, locked in the order of their ids. */
export async function lockForChange(tx: Tx, ids: number[]): Promise<ChangingHost[]> {
  const { rows } = await sql<ChangingHost>`
    select id, fleet_id as "fleetId", coalesce(nullif(display_name, ''), uuid) as "displayName", serial from hosts.host
    where id = any(${ints(ids)}::int[]) and deleted_at is null order by id for no key update`.execute(tx);
  return rows;
}

/** Which fleet hosts were in until now. */
export const closeFleetIntervals = (tx: Tx, ids: number[], at: Date) =>
  sql`
    insert into hosts.host_fleet_past (host_id, fleet_id, since, until)
    select id, coalesce(fleet_id, 0), least(fleet_since, ${at}), ${at} from hosts.host where id = any(${ints(ids)}::int[])`.execute(
    tx,
  );

export const moveHosts = (tx: Tx, ids: number[], { to, at }: { to: number | null; at: Date }) =>
  tx
    .updateTable('hosts.host')
    .set({ fleet_id: to, fleet_since: at, updated_at: at })
    .where('id', '=', sql<number>`any(${ints(ids)}::int[])`)
    .execute();

/** Labels of a fleet are for its hosts only. What was asked for the fleet before says nothing of the new one. */
export const leaveLabels = (tx: Tx, ids: number[]) =>
  sql`
    with asked as (update hosts.label_run set revision = 0 where host_id = any(${ints(ids)}::int[]))
    delete from hosts.label_member as member using hosts.label as label, hosts.host as host
    where member.host_id = any(${ints(ids)}::int[]) and label.id = member.label_id and host.id = member.host_id
      and label.fleet_id is not null and label.fleet_id <> coalesce(host.fleet_id, 0)`.execute(tx);

/** The record stays, for the host to come back to. */
export const deleteHosts = (tx: Tx, ids: number[], at: Date) =>
  sql`
    with keys as (
      update hosts.host_key set revoked_at = ${at}, is_superseded = false
      where host_id = any(${ints(ids)}::int[]) and (revoked_at is null or revoked_at > ${at} or is_superseded)
    ), labels as (
      delete from hosts.label_member where host_id = any(${ints(ids)}::int[])
    ), runs as (
      delete from hosts.label_run where host_id = any(${ints(ids)}::int[])
    )
    update hosts.host set deleted_at = ${at}, updated_at = ${at} where id = any(${ints(ids)}::int[])`.execute(tx);

/** Hosts that were not heard of since: of one fleet, or of all but some. */
export async function findSilent(
  db: Db,
  { before, fleetId, except = [] }: { before: Date; fleetId?: number; except?: number[] },
): Promise<number[]> {
  const where =
    fleetId === undefined
      ? sql`not coalesce(host.fleet_id, 0) = any(${ints(except)}::int[])`
      : sql`host.fleet_id = ${fleetId}`;
  const { rows } = await sql<{ id: number }>`
    select host.id from hosts.host as host left join hosts.host_seen as seen on seen.host_id = host.id
    where host.deleted_at is null and ${where} and greatest(seen.seen_at, host.enrolled_at) < ${before} order by host.id`.execute(
    db,
  );
  return rows.map((row) => row.id);
}

export async function findInFleet(db: Db, fleetId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('hosts.host')
    .select('id')
    .where('fleet_id', '=', fleetId)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** What a fleet has besides hosts and labels, some of it by name. */
export async function findInTheWay(tx: Tx, fleetId: number): Promise<{ kind: string; name: string }[]> {
  const { rows } = await sql<{ kind: string; name: string }>`
    (select 'policy' as kind, name from policies.policy where fleet_id = ${fleetId} order by id limit 5)
    union all
    (select 'package', file_name from installation.package where fleet_id = ${fleetId} and deleted_at is null order by id limit 5)`.execute(
    tx,
  );
  return rows;
}

/** Takes the labels of a fleet away; hosts that were deleted in it were in none that is there. */
export const forgetFleet = (tx: Tx, fleetId: number) =>
  sql`
    with gone as (
      delete from hosts.label where fleet_id = ${fleetId} returning id
    ), members as (
      delete from hosts.label_member where label_id in (select id from hosts.label where fleet_id = ${fleetId})
    )
    update hosts.host set fleet_id = null where fleet_id = ${fleetId} and deleted_at is not null`.execute(tx);

/** One address a source; an empty one takes it away. */
export const writeEmail = (tx: Tx, hostId: number, { email, source }: { email: string; source: string }) =>
  email === ''
    ? tx.deleteFrom('hosts.host_email').where('host_id', '=', hostId).where('source', '=', source).execute()
    : tx
        .insertInto('hosts.host_email')
        .values({ host_id: hostId, source, email })
        .onConflict((conflict) => conflict.columns(['host_id', 'source']).doUpdateSet({ email }))
        .execute();

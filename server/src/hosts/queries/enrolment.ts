import type { DistributionContext } from '@flotilla/engine/distributions/context';
import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { HostFacts } from '../host.ts';

/** The id of a context, made when it is new; 0 where there is none. */
export async function resolveContext(tx: Tx, context: DistributionContext | null): Promise<number> {
  if (!context) return 0;
  const { derivedKey, ...plain } = context;
  const id = await findOrInsert(tx, plain);
  if (derivedKey) {
    await tx
      .insertInto('hosts.derived_context')
      .values({ key: derivedKey, context_id: id })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({ context_id: id }).where('hosts.derived_context.context_id', '<>', id),
      )
      .execute();
  }
  return id;
}

async function findOrInsert(tx: Tx, context: Omit<DistributionContext, 'derivedKey'>): Promise<number> {
  const find = tx.selectFrom('hosts.context').select('id').where('key', '=', context.key);
  const known = await find.executeTakeFirst();
  if (known) return known.id;
  await tx
    .insertInto('hosts.context')
    .values(context)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return (await find.executeTakeFirstOrThrow()).id;
}

export interface EnrolledHost extends HostFacts {
  /** Null when the enrolment does not tell. */
  contextId: number | null;
  fleetId: number | null;
  at: Date;
}

/** A record that an enrolling host may have had before. */
export interface KnownRecord {
  id: number;
  identifier: string;
  sharedIdentifier: string | null;
  hostname: string;
  isDeleted: boolean;
}

/** Enrolments of one system come one after the other. */
export const lockHardware = (tx: Tx, hardwareUuid: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${hardwareUuid}, 17))`.execute(tx);

/**
 * Records of this identifier, and of this hardware: with the same serial number, or where nothing of this kind enrolled yet and the
 * serial numbers do not differ. Deleted ones come last, then the one that enrolled last comes first.
 */
export async function findRecords(
  tx: Tx,
  { identifier, hardwareUuid, serial }: HostFacts,
  kind: KeyKind,
): Promise<KnownRecord[]> {
  const { rows } = await sql<KnownRecord>`
    select id, identifier, shared_identifier as "sharedIdentifier", hostname, deleted_at is not null as "isDeleted"
    from hosts.host as host
    where identifier = ${identifier} or shared_identifier = ${identifier}
      or (hardware_uuid <> '' and hardware_uuid = ${hardwareUuid} and not shares_identity and (
        (serial <> '' and serial = ${serial})
        or ((serial = '' or ${serial}::text = '') and not exists (select from hosts.host_key as key
          where key.host_id = host.id and key.kind = ${kind} and key.revoked_at is null))))
    order by deleted_at nulls first, enrolled_at desc, id`.execute(tx);
  return rows;
}

/** What an enrolment tells; the rest stays as it was. */
const toldOf = (host: EnrolledHost) => ({
  ...(host.uuid && { uuid: host.uuid }),
  ...(host.hardwareUuid && { hardware_uuid: host.hardwareUuid }),
  ...(host.serial && { serial: host.serial }),
  ...(host.hostname && { hostname: host.hostname }),
  ...(host.computerName && { computer_name: host.computerName }),
  ...(host.displayName && { display_name: host.displayName }),
  ...(host.platform && { platform: host.platform }),
  ...(host.osVersion && { os_version: host.osVersion }),
  ...(host.contextId !== null && { context_id: host.contextId }),
  enrolled_at: host.at,
  updated_at: host.at,
  refetch_requested_at: host.at,
});

/** A known host keeps its record and its fleet; one that was deleted is there again, in the fleet of the secret. */
export async function updateRecord(tx: Tx, record: KnownRecord, host: EnrolledHost): Promise<number> {
  const isShared = record.sharedIdentifier === host.identifier;
  const back = { deleted_at: null, fleet_id: host.fleetId, fleet_since: host.at };
  await tx
    .updateTable('hosts.host')
    .set({
      ...toldOf(host),
      ...(!isShared && { identifier: host.identifier }),
      ...(record.isDeleted && back),
    })
    .where('id', '=', record.id)
    .execute();
  return record.id;
}

export async function insertRecord(tx: Tx, host: EnrolledHost): Promise<number> {
  const told = toldOf(host);
  const { id } = await tx
    .insertInto('hosts.host')
    .values({ identifier: host.identifier, fleet_id: host.fleetId, created_at: host.at, fleet_since: host.at, ...told })
    .onConflict((conflict) => conflict.column('identifier').doUpdateSet({ ...told, deleted_at: null }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export type KeyKind = 'osquery' | 'agent';

export interface NewKey {
  hash: Buffer;
  hostId: number;
  kind: KeyKind;
  identifier: string;
  at: Date;
  address: string;
}

/**
 * Gives the host a key, and says that it was seen. It enrolled anew: whoever uses one of its keys of this kind that end here is
 * another host with the same identity.
 */
export const giveKey = (tx: Tx, { hash, hostId, kind, identifier, at, address }: NewKey) =>
  sql`
    with superseded as (
      update hosts.host_key set revoked_at = ${at}, is_superseded = true
      where host_id = ${hostId} and kind = ${kind} and revoked_at is null
    ), given as (
      insert into hosts.host_key (key_hash, host_id, kind, identifier, created_at)
      values (${hash}, ${hostId}, ${kind}, ${identifier}, ${at})
    )
    insert into hosts.host_seen as old (host_id, seen_at, address) values (${hostId}, ${at}, ${address})
    on conflict (host_id) do update set seen_at = excluded.seen_at, address = excluded.address
    where old.seen_at < excluded.seen_at`.execute(tx);

export interface EnrolledKey {
  hostId: number;
  kind: KeyKind;
  fleetId: number | null;
  platform: string;
  inventoryAsked: number;
  inventoryAskedAt: Date | null;
  inventoryDone: number;
  refetchRequestedAt: Date | null;
  /** Whether the queue has to be asked: something is open for the host, or everything is stopped. */
  mayHaveTasks: boolean;
}

/** The host a key belongs to, with what a check-in needs to know of it. */
export async function findHostByKey(db: Db, keyHash: Buffer): Promise<EnrolledKey | null> {
  const row = await db
    .selectFrom('hosts.host_key as key')
    .innerJoin('hosts.host as host', 'host.id', 'key.host_id')
    .select(['host.id', 'host.platform', 'host.inventory_asked', 'host.inventory_asked_at', 'host.inventory_done'])
    .select(['host.refetch_requested_at', 'host.fleet_id', 'key.kind'])
    .select(
      sql<boolean>`exists (select from installation.stop) or exists (select from installation.task as task
        where task.host_id = host.id and task.state in ('queued', 'offered', 'running', 'reported'))`.as(
        'may_have_tasks',
      ),
    )
    .$narrowType<{ kind: KeyKind }>()
    .where('key.key_hash', '=', keyHash)
    .where('key.revoked_at', 'is', null)
    .where('key.kind', '<>', 'device')
    .where('host.deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  return {
    hostId: row.id,
    kind: row.kind,
    fleetId: row.fleet_id,
    platform: row.platform,
    inventoryAsked: row.inventory_asked,
    inventoryAskedAt: row.inventory_asked_at,
    inventoryDone: row.inventory_done,
    refetchRequestedAt: row.refetch_requested_at,
    mayHaveTasks: row.may_have_tasks,
  };
}

export interface Seen {
  hostId: number;
  seenAt: Date;
  address: string;
}

/** Moves the last-seen times of many hosts forward. */
export const writeSeen = (db: Db, seen: Seen[]) =>
  sql`
    insert into hosts.host_seen as old (host_id, seen_at, address)
    select * from unnest(${seen.map((row) => row.hostId)}::int[], ${seen.map((row) => row.seenAt)}::timestamptz[],
      ${seen.map((row) => row.address)}::text[]) as new (host_id, seen_at, address) order by host_id
    on conflict (host_id) do update set seen_at = excluded.seen_at, address = excluded.address
    where old.seen_at < excluded.seen_at`.execute(db);

import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { DistributionContext } from '../context.ts';
import type { HostFacts } from '../host.ts';

/** The id of a context, made when it is new; 0 where there is none. */
export async function resolveContext(tx: Tx, context: DistributionContext | null): Promise<number> {
  if (!context) return 0;
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

/** A known identifier keeps its record, its fleet and what the enrolment does not tell; its inventory is asked for anew. */
export async function upsertEnrolledHost(tx: Tx, host: EnrolledHost): Promise<{ id: number }> {
  const told = {
    ...(host.uuid && { uuid: host.uuid }),
    ...(host.serial && { serial: host.serial }),
    ...(host.hostname && { hostname: host.hostname }),
    ...(host.computerName && { computer_name: host.computerName }),
    ...(host.displayName && { display_name: host.displayName }),
    ...(host.platform && { platform: host.platform }),
    ...(host.osVersion && { os_version: host.osVersion }),
    ...(host.contextId !== null && { context_id: host.contextId }),
  };
  const now = { enrolled_at: host.at, updated_at: host.at, refetch_requested_at: host.at, deleted_at: null };
  const known = await tx
    .updateTable('hosts.host')
    .set({ ...told, ...now })
    .where('identifier', '=', host.identifier)
    .returning('id')
    .executeTakeFirst();
  if (known) return known;
  return tx
    .insertInto('hosts.host')
    .values({ identifier: host.identifier, fleet_id: host.fleetId, created_at: host.at, ...told, ...now })
    .onConflict((conflict) => conflict.column('identifier').doUpdateSet({ ...told, ...now }))
    .returning('id')
    .executeTakeFirstOrThrow();
}

export const revokeKeys = (tx: Tx, hostId: number, { kind, at }: { kind: KeyKind; at: Date }) =>
  tx
    .updateTable('hosts.host_key')
    .set({ revoked_at: at })
    .where('host_id', '=', hostId)
    .where('kind', '=', kind)
    .where('revoked_at', 'is', null)
    .execute();

export type KeyKind = 'osquery' | 'agent';

export const insertKey = (tx: Tx, row: { key_hash: Buffer; host_id: number; kind: KeyKind; created_at: Date }) =>
  tx.insertInto('hosts.host_key').values(row).execute();

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
export const writeSeen = (db: Db | Tx, seen: Seen[]) =>
  sql`
    insert into hosts.host_seen as old (host_id, seen_at, address)
    select * from unnest(${seen.map((row) => row.hostId)}::int[], ${seen.map((row) => row.seenAt)}::timestamptz[],
      ${seen.map((row) => row.address)}::text[]) as new (host_id, seen_at, address) order by host_id
    on conflict (host_id) do update set seen_at = excluded.seen_at, address = excluded.address
    where old.seen_at < excluded.seen_at`.execute(db);

import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { KeyKind } from './enrolment.ts';

export async function isSuperseded(db: Db, keyHash: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom('hosts.host_key')
    .select('host_id')
    .where('key_hash', '=', keyHash)
    .where('is_superseded', '=', true)
    .executeTakeFirst();
  return row !== undefined;
}

export interface SupersededKey {
  host_id: number;
  kind: KeyKind;
  /** What the host called itself when it got the key. */
  identifier: string;
}

/** The key with its host, which is locked. Of deleted hosts no key counts. */
export async function lockSupersededKey(tx: Tx, keyHash: Buffer): Promise<SupersededKey | null> {
  const { rows } = await sql<SupersededKey>`
    select key.host_id, key.kind, coalesce(nullif(key.identifier, ''), host.identifier) as identifier
    from hosts.host_key as key join hosts.host as host on host.id = key.host_id
    where key.key_hash = ${keyHash} and key.is_superseded and host.deleted_at is null
    for no key update of host for update of key`.execute(tx);
  return rows[0] ?? null;
}

/** A record that was split off the host before, and that nothing of this kind speaks for. */
export async function findSplit(tx: Tx, { host_id, kind }: SupersededKey): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select id from hosts.host as host
    where split_from = ${host_id} and deleted_at is null and not exists (select from hosts.host_key as key
      where key.host_id = host.id and key.kind = ${kind} and key.revoked_at is null)
    order by id desc limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

/** What the host is comes with its next inventory; until then it is taken to be like the other. */
export async function insertSplit(tx: Tx, { host_id, identifier, at }: SupersededKey & { at: Date }): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into hosts.host (identifier, shared_identifier, split_from, uuid, hardware_uuid, serial, hostname, computer_name,
      display_name, platform, os_version, context_id, fleet_id, fleet_since, enrolled_at, created_at, updated_at,
      refetch_requested_at)
    select case when exists (select from hosts.host where identifier = ${identifier})
        then ${identifier} || ' (' || (select count(*) + 1 from hosts.host where ${identifier} in (identifier, shared_identifier)) || ')'
        else ${identifier} end,
      ${identifier}, id, uuid, hardware_uuid, serial, hostname, computer_name, display_name, platform, os_version, context_id,
      fleet_id, ${at}, ${at}, ${at}, ${at}, ${at}
    from hosts.host where id = ${host_id} returning id`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error(`host ${host_id} is gone`);
  return row.id;
}

/** The key is good again, for this host. */
export const giveKey = (tx: Tx, keyHash: Buffer, hostId: number) =>
  tx
    .updateTable('hosts.host_key')
    .set({ host_id: hostId, revoked_at: null, is_superseded: false })
    .where('key_hash', '=', keyHash)
    .execute();

/** Their hardware says no more which of them it is. */
export const markShared = (tx: Tx, hostIds: number[]) =>
  sql`update hosts.host set shares_identity = true where id = any(${hostIds}::int[]) and not shares_identity`.execute(
    tx,
  );

/** For good: whoever uses them has to enrol. */
export const endKeys = (tx: Tx, hostId: number, { kind, at }: { kind: KeyKind; at: Date }) =>
  tx
    .updateTable('hosts.host_key')
    .set({ revoked_at: at, is_superseded: false })
    .where('host_id', '=', hostId)
    .where('kind', '=', kind)
    .execute();

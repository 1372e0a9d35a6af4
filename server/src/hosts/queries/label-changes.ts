import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Tx } from '../../kernel/db/database.ts';
import type { LabelRow } from './labels.ts';

/** Changes of labels by name come one after the other; hosts go on answering. */
export const lockLabels = (tx: Tx) => sql`lock table hosts.label in share row exclusive mode`.execute(tx);

const nameKey = (name: string) => name.trim().toLowerCase();

type NewRow = Omit<LabelRow, 'id' | 'created_at' | 'updated_at'> & { at: Date };

/** @returns null when another label has the name */
export async function insertLabel(tx: Tx, { at, criteria, ...label }: NewRow): Promise<number | null> {
  const row = await tx
    .insertInto('hosts.label')
    .values({
      ...label,
      name_key: nameKey(label.name),
      criteria: criteria && JSON.stringify(criteria),
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.column('name_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Another question begins without hosts: each has to answer it first. */
export async function updateLabel(
  tx: Tx,
  {
    id,
    at,
    isAnother = false,
    ...label
  }: Omit<LabelRow, 'created_at' | 'updated_at'> & { at: Date; isAnother?: boolean },
): Promise<void> {
  const { name, description, query, platform, criteria } = label;
  await tx
    .updateTable('hosts.label')
    .set({
      name,
      name_key: nameKey(name),
      description,
      query,
      platform,
      criteria: criteria && JSON.stringify(criteria),
      updated_at: at,
      ...(isAnother && { revision: sql<number>`nextval('hosts.label_revision')` }),
    })
    .where('id', '=', id)
    .execute();
  if (isAnother) await tx.deleteFrom('hosts.label_member').where('label_id', '=', id).execute();
}

export const deleteLabel = (tx: Tx, id: number) =>
  sql`
    with members as (delete from hosts.label_member where label_id = ${id})
    delete from hosts.label where id = ${id}`.execute(tx);

/** Hosts by name or id, within a fleet if there is one; `id` is null for those that are not there. */
export async function findHosts(
  tx: Tx,
  { names, ids, fleetId }: { names: string[]; ids: number[]; fleetId: number | null },
): Promise<{ given: string; id: number | null }[]> {
  const of = fleetId === null ? sql`true` : sql`coalesce(host.fleet_id, 0) = ${fleetId}`;
  const { rows } = await sql<{ given: string; id: number | null }>`
    select named.given, host.id from unnest(${names}::text[]) as named (given)
    left join hosts.host as host on host.deleted_at is null and ${of}
      and (host.hostname = named.given or host.serial = named.given or host.uuid = named.given or host.identifier = named.given)
    union all
    select numbered.id::text, host.id from unnest(${ints(ids)}::int[]) as numbered (id)
    left join hosts.host as host on host.id = numbered.id and host.deleted_at is null and ${of}`.execute(tx);
  return rows;
}

/** Those who stay keep the moment they came. Hosts are locked, so that none is deleted meanwhile. */
export const setMembers = (tx: Tx, { labelId, hostIds, at }: { labelId: number; hostIds: number[]; at: Date }) =>
  sql`
    with there as materialized (
      select id from hosts.host where id = any(${ints(hostIds)}::int[]) and deleted_at is null order by id for key share
    ), gone as (
      delete from hosts.label_member where label_id = ${labelId} and not host_id = any(${ints(hostIds)}::int[])
    )
    insert into hosts.label_member (label_id, host_id, since) select ${labelId}, id, ${at} from there
    on conflict do nothing`.execute(tx);

export const addMember = (tx: Tx, { labelId, hostId, at }: { labelId: number; hostId: number; at: Date }) =>
  tx
    .insertInto('hosts.label_member')
    .values({ label_id: labelId, host_id: hostId, since: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();

export const removeMember = (tx: Tx, { labelId, hostId }: { labelId: number; hostId: number }) =>
  tx.deleteFrom('hosts.label_member').where('label_id', '=', labelId).where('host_id', '=', hostId).execute();

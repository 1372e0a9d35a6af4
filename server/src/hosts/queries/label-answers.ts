import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';

/** A label that hosts are asked for. */
export interface AskedLabel {
  id: number;
  revision: number;
  query: string;
  /** Names with commas; empty: all. */
  platform: string;
  fleetId: number | null;
}

export const readAsked = (db: Db): Promise<AskedLabel[]> =>
  db
    .selectFrom('hosts.label')
    .select(['id', 'revision', 'query', 'platform', 'fleet_id as fleetId'])
    .where('kind', '=', 'dynamic')
    .orderBy('id')
    .execute();

export const readRun = (db: Db | Tx, hostId: number) =>
  db.selectFrom('hosts.label_run').select(['revision', 'asked', 'at']).where('host_id', '=', hostId).executeTakeFirst();

export interface LabelAnswers {
  hostId: number;
  labelIds: number[];
  revisions: number[];
  members: boolean[];
  at: Date;
}

/**
 * Of labels that still ask this, and that are for such a host: the host comes to them or leaves them.
 * @returns whether it came to any or left any
 */
export async function writeAnswers(
  tx: Tx,
  { hostId, labelIds, revisions, members, at }: LabelAnswers,
): Promise<boolean> {
  const { rows } = await sql`
    with answered as materialized (
      select label.id, each.is_member from unnest(${ints(labelIds)}::int[], ${ints(revisions)}::int[], ${members}::boolean[])
        as each (id, revision, is_member)
      join hosts.label as label on label.id = each.id and label.revision = each.revision and label.kind = 'dynamic'
      join hosts.host as host on host.id = ${hostId}
      where (label.fleet_id is null or label.fleet_id = coalesce(host.fleet_id, 0))
        and (label.platform = '' or host.platform = any(string_to_array(label.platform, ','))
          or ('linux' = any(string_to_array(label.platform, ',')) and host.platform not in ('darwin', 'windows', 'chrome')))
    ), gone as (
      delete from hosts.label_member as member using answered
      where member.host_id = ${hostId} and member.label_id = answered.id and not answered.is_member returning member.label_id
    ), come as (
      insert into hosts.label_member (label_id, host_id, since)
      select id, ${hostId}, ${at}::timestamptz from answered where is_member order by id
      on conflict do nothing returning label_id
    )
    select from gone union all select from come`.execute(tx);
  return rows.length > 0;
}

export const writeRun = (
  tx: Tx,
  { hostId, revision, asked, at }: { hostId: number; revision: number; asked: number; at: Date },
) =>
  sql`
    insert into hosts.label_run (host_id, revision, asked, at) values (${hostId}, ${revision}, ${asked}, ${at})
    on conflict (host_id) do update set revision = excluded.revision, asked = excluded.asked, at = excluded.at`.execute(
    tx,
  );

import { type Insertable, sql } from 'kysely';
import type { DB } from '../database.ts';
import type { Db, Tx } from '../kernel/db/database.ts';

/** One writer at a time: the chain has one end. */
export const lockChain = (tx: Tx) => sql`lock table activity.activity in share row exclusive mode`.execute(tx);

export async function readLastHash(tx: Tx): Promise<Buffer | null> {
  const last = await tx
    .selectFrom('activity.activity')
    .select('hash')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.hash ?? null;
}

export const insertActivity = (tx: Tx, row: Insertable<DB['activity.activity']>) =>
  tx.insertInto('activity.activity').values(row).execute();

/** 0 for a host in no fleet; null when it is not there. */
export async function readFleetOfHost(db: Db | Tx, hostId: number): Promise<number | null> {
  const host = await db.selectFrom('hosts.host').select('fleet_id').where('id', '=', hostId).executeTakeFirst();
  return host ? (host.fleet_id ?? 0) : null;
}

export interface ChainRow extends ActivityRow {
  host_id: number | null;
  fleet_id: number | null;
  previous_hash: Buffer;
  hash: Buffer;
}

/** The next rows of the chain. */
export const readChain = (db: Db, { after, limit }: { after: number; limit: number }): Promise<ChainRow[]> =>
  db
    .selectFrom('activity.activity')
    .selectAll()
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute() as Promise<ChainRow[]>;

export interface ActivityRow {
  id: number;
  at: Date;
  actor_id: number | null;
  actor_name: string;
  actor_email: string;
  type: string;
  details: Record<string, unknown>;
}

export interface ActivityList {
  /** What was done on this host; null: everything. */
  hostId: number | null;
  /** What was done in these fleets, 0 on hosts in none; null: everything. */
  fleetIds: readonly number[] | null;
  /** Part of the name or the address of who did it. */
  actor: string | null;
  type: string | null;
  start: Date | null;
  end: Date | null;
  /** Goes on behind this row, or behind this moment. */
  after: { id: number } | { at: Date } | null;
  offset: number;
  limit: number;
  ascending: boolean;
}

/** One page of activities, by their order in the chain. */
export async function readActivities(db: Db, list: ActivityList): Promise<ActivityRow[]> {
  const { rows } = await sql<ActivityRow>`
    select id, at, actor_id, actor_name, actor_email, type, details from activity.activity
    where ${sql.join(conditionsOf(list), sql` and `)}
    order by id ${list.ascending ? sql`asc` : sql`desc`} offset ${list.offset} limit ${list.limit}`.execute(db);
  return rows;
}

function conditionsOf({ hostId, fleetIds, actor, type, start, end, after, ascending }: ActivityList) {
  const later = ascending ? sql`>` : sql`<`;
  return [
    sql`true`,
    ...(hostId === null ? [] : [sql`host_id = ${hostId}`]),
    ...(fleetIds === null ? [] : [sql`fleet_id = any(${fleetIds}::int[])`]),
    ...(actor === null
      ? []
      : [sql`(strpos(lower(actor_name), lower(${actor})) > 0 or strpos(lower(actor_email), lower(${actor})) > 0)`]),
    ...(type === null ? [] : [sql`type = ${type}`]),
    ...(start === null ? [] : [sql`at >= ${start}`]),
    ...(end === null ? [] : [sql`at <= ${end}`]),
    ...(after === null ? [] : ['id' in after ? sql`id ${later} ${after.id}` : sql`at ${later} ${after.at}`]),
  ];
}

/** Takes the oldest out of the chain, but never its end: it stays a chain. */
export const deleteActivitiesBefore = (db: Db, before: Date) =>
  sql`delete from activity.activity where id < (
    select coalesce(min(id) filter (where at >= ${before}), max(id)) from activity.activity)`.execute(db);

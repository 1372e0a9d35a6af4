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

export interface ChainRow extends ActivityRow {
  host_id: number | null;
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

/** One page of activities, of a host or all, by their order in the chain. */
export async function readActivities(
  db: Db,
  { hostId, offset, limit, ascending }: { hostId: number | null; offset: number; limit: number; ascending: boolean },
): Promise<ActivityRow[]> {
  const { rows } = await sql<ActivityRow>`
    select id, at, actor_id, actor_name, actor_email, type, details from activity.activity
    ${hostId === null ? sql`` : sql`where host_id = ${hostId}`}
    order by id ${ascending ? sql`asc` : sql`desc`} offset ${offset} limit ${limit}`.execute(db);
  return rows;
}

import { type Insertable, sql } from 'kysely';
import type { DB } from '../database.ts';
import type { Tx } from '../kernel/db/database.ts';

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

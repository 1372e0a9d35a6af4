import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';

/** Counts one more inventory asked of the host; its number orders the answers. */
export async function nextInventory(db: Db, hostId: number, at: Date): Promise<number> {
  const row = await db
    .updateTable('hosts.host')
    .set({ inventory_asked: sql<number>`inventory_asked + 1`, inventory_asked_at: at })
    .where('id', '=', hostId)
    .returning('inventory_asked')
    .executeTakeFirstOrThrow();
  return row.inventory_asked;
}

/** The inventory of this number is whole; a refetch that was wanted before it was asked is done with it. */
export const finishInventory = (db: Db, hostId: number, asked: number) =>
  db
    .updateTable('hosts.host')
    .set({
      inventory_done: asked,
      refetch_requested_at: sql<Date | null>`case when refetch_requested_at <= inventory_asked_at then null else refetch_requested_at end`,
    })
    .where('id', '=', hostId)
    .where('inventory_asked', '=', asked)
    .execute();

/** @returns whether there is such a host */
export async function requestRefetch(db: Db, hostId: number, at: Date): Promise<boolean> {
  const row = await db
    .updateTable('hosts.host')
    .set({ refetch_requested_at: at })
    .where('id', '=', hostId)
    .where('deleted_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

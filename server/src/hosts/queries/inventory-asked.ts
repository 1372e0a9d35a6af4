import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db } from '../../kernel/db/database.ts';

/** Counts one more inventory asked of each host; its number orders the answers. @returns it by host */
export async function nextInventories(db: Db, asked: { hostId: number; at: Date }[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; inventory_asked: number }>`
    with locked as materialized (
      select host.id, asked.at
      from unnest(${ints(asked.map((one) => one.hostId))}::int[], ${asked.map((one) => one.at)}::timestamptz[]) as asked (id, at)
      join hosts.host as host on host.id = asked.id order by host.id for no key update of host
    )
    update hosts.host as host set inventory_asked = host.inventory_asked + 1, inventory_asked_at = locked.at
    from locked where host.id = locked.id returning host.id, host.inventory_asked`.execute(db);
  return new Map(rows.map((row) => [row.id, row.inventory_asked]));
}

/** The inventories of these numbers are whole; a refetch that was wanted before they were asked is done with them. */
export const finishInventories = (db: Db, done: { hostId: number; asked: number }[]) =>
  sql`
    with locked as materialized (
      select host.id
      from unnest(${ints(done.map((one) => one.hostId))}::int[], ${ints(done.map((one) => one.asked))}::int[]) as done (id, asked)
      join hosts.host as host on host.id = done.id and host.inventory_asked = done.asked
      order by host.id for no key update of host
    )
    update hosts.host as host set inventory_done = host.inventory_asked,
      refetch_requested_at =
        case when host.refetch_requested_at <= host.inventory_asked_at then null else host.refetch_requested_at end
    from locked where host.id = locked.id`.execute(db);

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

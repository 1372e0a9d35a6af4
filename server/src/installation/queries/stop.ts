import { sql } from 'kysely';
import type { Fleets } from '../../kernel/access.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';

export interface Stop {
  since: Date;
  by: string;
  reason: string;
}

export const readStop = async (db: Db | Tx): Promise<Stop | null> =>
  (await db.selectFrom('installation.stop').select(['since', 'by', 'reason']).executeTakeFirst()) ?? null;

/** Offers pass side by side; a stop that is being written lets none through. */
export const passStopFence = (tx: Tx) => sql`lock table installation.stop_fence in row share mode`.execute(tx);
export const closeStopFence = (tx: Tx) => sql`lock table installation.stop_fence in exclusive mode`.execute(tx);

/** @returns whether nothing was stopped before */
export async function insertStop(tx: Tx, stop: Stop): Promise<boolean> {
  const row = await tx
    .insertInto('installation.stop')
    .values(stop)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** @returns whether anything was stopped */
export async function deleteStop(tx: Tx): Promise<boolean> {
  const row = await tx.deleteFrom('installation.stop').returning('id').executeTakeFirst();
  return row !== undefined;
}

export async function countTasks(db: Db, fleets: Fleets): Promise<{ queued: number; running: number }> {
  const there =
    fleets === 'all'
      ? sql``
      : sql`and host_id in (select id from hosts.host where coalesce(fleet_id, 0) = any(${fleets}::int[]))`;
  const { rows } = await sql<{ queued: number; running: number }>`
    select count(*) filter (where state in ('queued', 'offered'))::int as queued,
      count(*) filter (where state = 'running')::int as running
    from installation.task where state in ('queued', 'offered', 'running') ${there}`.execute(db);
  return rows[0] ?? { queued: 0, running: 0 };
}

/** What waits is announced again. */
export const forgetNudges = (tx: Tx) =>
  tx.updateTable('installation.task').set({ nudged_at: null }).where('state', '=', 'queued').execute();

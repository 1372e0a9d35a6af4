import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { TaskRow } from '../task.ts';

/** Tasks moved at once: bounds the memory of a sweep. */
const BATCH = 2_000;

/** Tasks whose time in their state is over, the oldest first. */
export async function findOverdue(tx: Tx, now: Date): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    select * from (
      (select * from installation.task where state in ('offered', 'running') and lease_until < ${now} order by lease_until limit ${BATCH})
      union all
      (select * from installation.task where state = 'reported' and verify_until < ${now} order by verify_until limit ${BATCH})
      union all
      (select * from installation.task where state = 'queued' and expires_at < ${now} order by expires_at limit ${BATCH})
    ) as overdue order by id`.execute(tx);
  return rows;
}

/** Hosts with tasks that are due and were not announced yet; announced with this. */
export async function takeUnannounced(db: Db, now: Date): Promise<number[]> {
  const { rows } = await sql<{ host_id: number }>`
    update installation.task set nudged_at = ${now}
    where id in (
      select id from installation.task where state = 'queued' and nudged_at is null and not_before <= ${now} and not on_hold
      order by not_before limit ${BATCH} for no key update skip locked)
    returning host_id`.execute(db);
  return [...new Set(rows.map((row) => row.host_id))];
}

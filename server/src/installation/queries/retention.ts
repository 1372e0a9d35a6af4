import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database.ts';

/** Which of these files a library or an open task still needs. */
export async function readNeeded(tx: Tx, hashes: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ sha256: string }>`
    select distinct sha256 from installation.package as package where sha256 = any(${hashes}::text[]) and (
      deleted_at is null or exists (
        select from installation.task as task where task.package_id = package.id and task.ended_at is null))`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.sha256));
}

const AT_ONCE = 5_000;

/** Deletes some tasks that ended before `before`. @returns whether there may be more */
export async function deleteOldTasks(tx: Tx, before: Date): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    with old as (
      delete from installation.task where id in (
        select id from installation.task where ended_at < ${before} order by id limit ${AT_ONCE} for update skip locked)
      returning id
    ), events as (
      delete from installation.task_event as event using old where event.task_id = old.id
    ), results as (
      delete from installation.task_result as result using old where result.task_id = old.id
    )
    select id from old`.execute(tx);
  return rows.length === AT_ONCE;
}

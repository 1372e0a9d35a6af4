import type { StepResult } from '@flotilla/contract/agent';
import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { TaskRow } from '../task.ts';

/** A task with the names that people know. */
export interface NamedTask extends TaskRow {
  host_name: string;
  host_fleet_id: number | null;
  title: string;
  version: string;
  file_name: string;
}

const NAMED = sql`select task.*, host.display_name as host_name, host.fleet_id as host_fleet_id,
    coalesce(title.display_name, '') as title,
    coalesce(package.version, '') as version, coalesce(package.file_name, '') as file_name
  from installation.task as task join hosts.host as host on host.id = task.host_id
  left join inventory.title as title on title.id = task.title_id
  left join installation.package as package on package.id = task.package_id`;

/** What a host is to do and did, newest first. */
export async function listTasks(
  db: Db,
  hostId: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<NamedTask[]> {
  const { rows } = await sql<NamedTask>`
    ${NAMED} where task.host_id = ${hostId} order by task.created_at desc, task.id offset ${offset} limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** What a host is still to do, in the order it will. */
export async function listOpen(db: Db, hostId: number): Promise<NamedTask[]> {
  const { rows } = await sql<NamedTask>`
    ${NAMED} where task.host_id = ${hostId} and task.state in ('queued', 'offered', 'running', 'reported')
    order by task.state = 'queued', task.priority desc, task.created_at, task.id`.execute(db);
  return rows;
}

export async function countOnHost(db: Db, hostId: number): Promise<number> {
  const { count } = await db
    .selectFrom('installation.task')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('host_id', '=', hostId)
    .executeTakeFirstOrThrow();
  return count;
}

export async function findTask(db: Db | Tx, id: string): Promise<NamedTask | null> {
  const { rows } = await sql<NamedTask>`${NAMED} where task.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

export const readEvents = (db: Db | Tx, id: string) =>
  db
    .selectFrom('installation.task_event')
    .select(['at', 'from_state', 'to_state', 'by', 'reason'])
    .where('task_id', '=', id)
    .orderBy('no')
    .execute();

export const readResults = (db: Db | Tx, id: string) =>
  db
    .selectFrom('installation.task_result')
    .select(['attempt', 'at', 'outcome', 'reason'])
    .select(sql<StepResult[]>`steps`.as('steps'))
    .where('task_id', '=', id)
    .orderBy('attempt')
    .execute();

import type { TaskState } from '@flotilla/contract/tasks';
import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { NewTask, TaskRow } from '../task.ts';

const COLUMNS = sql`id, host_id, kind, package_id, title_id, script, state, step, attempt, failures, most_attempts, not_before,
  agent, on_hold, cancel_requested, outcome, verify_asked, reason, requested_by, account_id, policy_id, rollout_id, ring,
  created_at, ended_at`;

export interface InsertedTasks {
  tasks: (NewTask & { id: string })[];
  mostAttempts: number;
  priority: number;
  notBefore: Date;
  expiresAt: Date;
  onHold: boolean;
  requestedBy: string;
  accountId: number | null;
  policyId: number | null;
  rolloutId: number | null;
  ring: number | null;
  at: Date;
}

/** Queues tasks. One whose id is there already, or that its rollout gave the host already, is left as it is. */
export async function insertTasks(tx: Tx, all: InsertedTasks): Promise<{ id: string; host_id: number }[]> {
  const { tasks } = all;
  const { rows } = await sql<{ id: string; host_id: number }>`
    with inserted as (
      insert into installation.task (id, host_id, kind, package_id, title_id, script, state, attempt, most_attempts, priority,
        not_before, expires_at, on_hold, requested_by, account_id, policy_id, rollout_id, ring, created_at)
      select id, host_id, kind, package_id, title_id, script, 'queued', 1, ${all.mostAttempts}::int, ${all.priority}::int,
        ${all.notBefore}::timestamptz, ${all.expiresAt}::timestamptz, ${all.onHold}::boolean, ${all.requestedBy}::text,
        ${all.accountId}::int, ${all.policyId}::int, ${all.rolloutId}::int, ${all.ring}::int, ${all.at}::timestamptz
      from unnest(${tasks.map((one) => one.id)}::uuid[], ${tasks.map((one) => one.hostId)}::int[],
        ${tasks.map((one) => one.kind)}::text[], ${tasks.map((one) => one.packageId)}::int[],
        ${tasks.map((one) => one.titleId)}::int[], ${tasks.map((one) => one.script)}::text[])
        as each (id, host_id, kind, package_id, title_id, script) order by host_id
      on conflict do nothing returning id, host_id
    ), noted as (
      insert into installation.task_event (task_id, no, host_id, from_state, to_state, at, by, reason)
      select id, 1, host_id, '', 'queued', ${all.at}, ${all.requestedBy}, '' from inserted
    )
    select id, host_id from inserted`.execute(tx);
  return rows;
}

/** A move of tasks from some states to one; only those that are there still, and at this attempt where one is named. */
export interface Move {
  tasks: { id: string; attempt?: number }[];
  from: readonly TaskState[];
  to: TaskState;
  by: string;
  reason: string;
  at: Date;
  set?: Partial<{
    step: string | null;
    lease_until: Date | null;
    agent: 'flotilla' | 'orbit';
    outcome: string;
    verify_asked: number;
    verify_until: Date;
    not_before: Date;
    /** The next attempt; `failed` when the last one counts as a failure. */
    next_attempt: 'failed' | 'declined';
    ended_at: Date;
  }>;
}

/** @returns the tasks that moved, as they are now: those missing were moved by somebody else before */
export async function moveTasks(tx: Tx, { tasks, from, to, by, reason, at, set = {} }: Move): Promise<TaskRow[]> {
  if (tasks.length === 0) return [];
  const { next_attempt: next } = set;
  const { rows } = await sql<TaskRow & { from_state: string }>`
    with wanted as (
      select each.id, each.attempt, task.state as from_state from unnest(${tasks.map((one) => one.id)}::uuid[],
        ${tasks.map((one) => one.attempt ?? null)}::int[]) as each (id, attempt)
      join installation.task as task on task.id = each.id
      where task.state = any(${[...from]}::text[]) and (each.attempt is null or each.attempt = task.attempt)
      order by each.id for no key update of task
    ), moved as (
      update installation.task as task set state = ${to}, reason = ${reason}, step = ${set.step ?? null},
        lease_until = ${set.lease_until ?? null}::timestamptz,
        agent = coalesce(${set.agent ?? null}, task.agent),
        outcome = coalesce(${set.outcome ?? null}, task.outcome),
        verify_asked = coalesce(${set.verify_asked ?? null}::int, task.verify_asked),
        verify_until = ${set.verify_until ?? null}::timestamptz,
        not_before = coalesce(${set.not_before ?? null}::timestamptz, task.not_before),
        nudged_at = ${to === 'queued' ? sql`null` : sql`task.nudged_at`},
        attempt = task.attempt + ${next ? 1 : 0}, failures = task.failures + ${next === 'failed' ? 1 : 0},
        ended_at = ${set.ended_at ?? null}::timestamptz
      from wanted where task.id = wanted.id returning task.*, wanted.from_state
    ), noted as (
      insert into installation.task_event (task_id, no, host_id, from_state, to_state, at, by, reason)
      select id, (select max(no) + 1 from installation.task_event as event where event.task_id = moved.id), host_id,
        from_state, ${to}, ${at}, ${by}, ${reason} from moved
    )
    select ${COLUMNS}, from_state from moved order by id`.execute(tx);
  return rows;
}

export async function readTasks(db: Db | Tx, ids: string[]): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    select ${COLUMNS} from installation.task where id = any(${ids}::uuid[]) order by id`.execute(db);
  return rows;
}

/** The task a host takes next; null when there is none, or when it is busy. */
export async function findNext(tx: Tx, hostId: number, now: Date): Promise<TaskRow | null> {
  const { rows } = await sql<TaskRow>`
    select ${COLUMNS} from installation.task where host_id = ${hostId} and state = 'queued' and not on_hold
      and not_before <= ${now} and not exists (select from installation.task as busy
        where busy.host_id = ${hostId} and busy.state in ('offered', 'running', 'reported'))
    order by priority desc, created_at, id limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** What a host is busy with, if anything. */
export async function findActive(db: Db | Tx, hostId: number): Promise<TaskRow | null> {
  const { rows } = await sql<TaskRow>`
    select ${COLUMNS} from installation.task where host_id = ${hostId} and state in ('offered', 'running', 'reported')`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Whether a host has tasks that are not over, now or later. */
export async function hasOpenTasks(db: Db, hostId: number): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    select exists (select from installation.task where host_id = ${hostId} and state in ('queued', 'offered', 'running', 'reported'))
      as open`.execute(db);
  return rows[0]?.open ?? false;
}

export const noteStep = (db: Db | Tx, task: { id: string; attempt: number }, step: string) =>
  db
    .updateTable('installation.task')
    .set({ step })
    .where('id', '=', task.id)
    .where('attempt', '=', task.attempt)
    .where('state', '=', 'running')
    .execute();

/** The first word about an attempt stays: a result that comes twice changes nothing. */
export const insertResult = (
  tx: Tx,
  result: { taskId: string; attempt: number; at: Date; outcome: string; reason: string; steps: unknown },
) =>
  tx
    .insertInto('installation.task_result')
    .values({
      task_id: result.taskId,
      attempt: result.attempt,
      at: result.at,
      outcome: result.outcome,
      reason: result.reason,
      steps: JSON.stringify(result.steps),
    })
    .onConflict((conflict) => conflict.columns(['task_id', 'attempt']).doNothing())
    .execute();

/** Asks running tasks to end; what has begun of them still counts. */
export const requestCancel = (tx: Tx, ids: string[]) =>
  tx
    .updateTable('installation.task')
    .set({ cancel_requested: true })
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('state', 'in', ['running', 'offered'])
    .returning(['id', 'host_id'])
    .execute();

export const setHold = (tx: Tx, rolloutId: number, held: boolean) =>
  tx
    .updateTable('installation.task')
    .set({ on_hold: held, nudged_at: null })
    .where('rollout_id', '=', rolloutId)
    .where('state', 'in', ['queued', 'offered', 'running', 'reported'])
    .where('on_hold', '<>', held)
    .execute();

/** Open tasks by what they belong to, in the order of their ids. */
export async function findOpen(
  tx: Tx | Db,
  of: { rolloutId: number } | { packageIds: number[] } | { hostId: number; titleId?: number },
): Promise<TaskRow[]> {
  const which =
    'rolloutId' in of
      ? sql`rollout_id = ${of.rolloutId}`
      : 'packageIds' in of
        ? sql`package_id = any(${of.packageIds}::int[])`
        : sql`host_id = ${of.hostId} and (${of.titleId ?? null}::int is null or title_id = ${of.titleId ?? null})`;
  const { rows } = await sql<TaskRow>`
    select ${COLUMNS} from installation.task
    where ${which} and state in ('queued', 'offered', 'running', 'reported') order by id`.execute(tx);
  return rows;
}

/** The task, locked until the transaction ends. */
export async function lockTask(tx: Tx, id: string): Promise<TaskRow | null> {
  const { rows } = await sql<TaskRow>`
    select ${COLUMNS} from installation.task where id = ${id} for no key update`.execute(tx);
  return rows[0] ?? null;
}

/** Gives a waiting task another number, for a host that will not take this one again. */
export const bumpAttempt = (tx: Tx, id: string) =>
  tx
    .updateTable('installation.task')
    .set({ attempt: sql<number>`attempt + 1` })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .execute();

/** Results of these hosts that wait for an inventory. */
export async function findReported(db: Db, hostIds: number[]): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    select ${COLUMNS} from installation.task where host_id = any(${hostIds}::int[]) and state = 'reported' order by id`.execute(
    db,
  );
  return rows;
}

/** Whoever queues for one host waits for whoever else does. */
export const lockHostQueue = (tx: Tx, hostId: number) =>
  sql`select pg_advisory_xact_lock(hashtextextended('installation.task', ${hostId}))`.execute(tx);

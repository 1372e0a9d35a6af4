import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';

export interface DeliveryDraft {
  event: string;
  receiver: string;
  body: string;
}

/** What was already to be told to a receiver stays as it is. */
export async function addDeliveries(db: Db | Tx, drafts: DeliveryDraft[], at: Date): Promise<void> {
  if (drafts.length === 0) return;
  await db
    .insertInto('vulnerabilities.delivery')
    .values(drafts.map((draft) => ({ ...draft, created_at: at, due_at: at })))
    .onConflict((conflict) => conflict.columns(['event', 'receiver']).doNothing())
    .execute();
}

export interface DueDelivery {
  id: number;
  event: string;
  receiver: string;
  body: string;
  /** Before this one. */
  attempts: number;
  created_at: Date;
}

/** The one that has waited longest. */
export async function findDue(db: Db, now: Date): Promise<DueDelivery | undefined> {
  const row = await db
    .selectFrom('vulnerabilities.delivery')
    .select(['id', 'event', 'receiver', 'body', 'attempts', 'created_at'])
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row && { ...row, id: Number(row.id) };
}

export interface Attempt {
  state: 'waiting' | 'delivered' | 'given_up';
  status: number | null;
  failure: string | null;
  dueAt: Date;
  endedAt: Date | null;
}

/** Before it is sent, so that whoever comes after a crash knows that it may have been heard. */
export const beginAttempt = (db: Db, id: number, dueAt: Date) =>
  sql`update vulnerabilities.delivery set attempts = attempts + 1, due_at = ${dueAt} where id = ${id}`.execute(db);

export async function noteAttempt(db: Db, id: number, { state, status, failure, dueAt, endedAt }: Attempt) {
  await sql`
    update vulnerabilities.delivery set state = ${state}, last_status = ${status},
      last_failure = ${failure}, due_at = ${dueAt}, ended_at = ${endedAt}
    where id = ${id} and state = 'waiting'`.execute(db);
}

/** Ended before this moment: nobody looks at them any more. */
export const forgetDeliveries = (db: Db, before: Date) =>
  db.deleteFrom('vulnerabilities.delivery').where('ended_at', '<', before).execute();

export interface DeliveryRow {
  id: number;
  event: string;
  receiver: string;
  state: 'waiting' | 'delivered' | 'given_up';
  attempts: number;
  last_status: number | null;
  last_failure: string | null;
  created_at: Date;
  due_at: Date;
  ended_at: Date | null;
}

/** The newest first. */
export async function listDeliveries(db: Db, { offset, limit }: { offset: number; limit: number }) {
  const { rows } = await sql<DeliveryRow>`
    select id::int, event, receiver, state, attempts, last_status, last_failure, created_at, due_at, ended_at
    from vulnerabilities.delivery order by vulnerabilities.delivery.id desc offset ${offset} limit ${limit}`.execute(
    db,
  );
  return rows;
}

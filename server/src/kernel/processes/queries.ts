import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Signal, SignalledHosts } from '../nudge.ts';

/** A process that has not beaten for this long is taken for dead. */
const DEAD_AFTER_SECONDS = 10;
const CHANGES_KEPT_SECONDS = 60;
export const CHANNEL = 'flotilla_look';

/** Writes the beat and sweeps what nobody reads any more. @returns whether other processes are alive */
export async function beat(db: Db, processId: string): Promise<boolean> {
  const { rows } = await sql<{ others: boolean }>`
    with mine as (
      insert into kernel.process (id) values (${processId}) on conflict (id) do update set beat_at = now()
    ), dead as (
      delete from kernel.process where beat_at < now() - make_interval(secs => ${DEAD_AFTER_SECONDS * 6})
    ), old as (
      delete from kernel.change where at < now() - make_interval(secs => ${CHANGES_KEPT_SECONDS})
    )
    select exists (select from kernel.process
      where id <> ${processId} and beat_at > now() - make_interval(secs => ${DEAD_AFTER_SECONDS})) as others`.execute(
    db,
  );
  return rows[0]?.others ?? false;
}

export const leave = (db: Db, processId: string) =>
  db.deleteFrom('kernel.process').where('id', '=', processId).execute();

/** Leaves word for the other processes and wakes them. */
export const leaveWord = (db: Db, processId: string, { hosts, signal }: { hosts: SignalledHosts; signal: Signal }) =>
  sql`
    with word as (
      insert into kernel.change (process_id, signal, host_ids)
      values (${processId}, ${signal}, ${hosts === 'all' ? null : [...hosts]}::int[]) returning id
    )
    select pg_notify(${CHANNEL}, '') from word`.execute(db);

export interface Word {
  id: number;
  signal: Signal;
  host_ids: number[] | null;
}

/**
 * What others left at or above transaction `from`, and from which transaction to read next. By transaction and not by id: a row may be
 * committed after one with a higher id was read.
 */
export async function readWords(db: Db, processId: string, from: string): Promise<{ words: Word[]; next: string }> {
  const { rows } = await sql<{ next: string; words: Word[] }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as next, coalesce((
      select jsonb_agg(jsonb_build_object('id', id, 'signal', signal, 'host_ids', host_ids) order by id)
      from kernel.change where xid >= ${from}::text::xid8 and process_id <> ${processId}), '[]') as words`.execute(db);
  return rows[0] ?? { words: [], next: from };
}

import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { EndedWhy, ExceptionDraft } from '../exceptions/exception.ts';

/** @returns the ids, in the order of the drafts */
export async function insertExceptions(tx: Tx, drafts: ExceptionDraft[], at: Date): Promise<number[]> {
  const rows = await tx
    .insertInto('vulnerabilities.exception')
    .values(drafts.map((draft) => ({ ...draft, created_at: at })))
    .returning('id')
    .execute();
  const ids = rows.map((row) => row.id);
  await sql`
    insert into vulnerabilities.exception_host (exception_id, host_id)
    select exception.id, coalesce(exception.host_id, labelled.host_id) from vulnerabilities.exception as exception
    left join hosts.host_label as labelled on labelled.label_id = exception.label_id
    where exception.id = any(${ints(ids)}::int[]) and coalesce(exception.host_id, labelled.host_id) is not null order by 1, 2`.execute(
    tx,
  );
  return ids;
}

export interface Due {
  id: number;
  to: 'active' | 'ended';
  why: EndedWhy | null;
}

/** Exceptions that are to begin, or that are over: by time, or because the fleet or label they are for is gone. */
export async function findDue(db: Db | Tx, now: Date): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select exception.id, case when gone.is_gone or until <= ${now} then 'ended' else 'active' end as to,
      case when gone.is_gone then 'scope_gone' when until <= ${now} then 'expired' end as why
    from vulnerabilities.exception as exception
    cross join lateral (select
      (exception.fleet_id > 0 and not exists (select from fleets.fleet as fleet where fleet.id = exception.fleet_id))
      or (exception.label_id is not null and not exists (select from hosts.label as label where label.id = exception.label_id)) as is_gone
    ) as gone
    where state <> 'ended' and (gone.is_gone or until <= ${now} or (state = 'planned' and since <= ${now})) order by id`.execute(
    db,
  );
  return rows;
}

export interface Ending {
  why: EndedWhy;
  by: number | null;
  at: Date;
}

export const startExceptions = (tx: Tx, ids: number[]) =>
  tx
    .updateTable('vulnerabilities.exception')
    .set({ state: 'active' })
    .where('id', '=', sql<number>`any(${ints(ids)}::int[])`)
    .where('state', '=', 'planned')
    .returning('id')
    .execute();

/** @returns those that had not ended */
export const endExceptions = (tx: Tx, ids: number[], { why, by, at }: Ending) =>
  tx
    .updateTable('vulnerabilities.exception')
    .set({ state: 'ended', ended_at: at, ended_why: why, ended_by: by })
    .where('id', '=', sql<number>`any(${ints(ids)}::int[])`)
    .where('state', '<>', 'ended')
    .returning('id')
    .execute();

/** @returns whether it had not ended */
export async function changeException(
  tx: Tx,
  id: number,
  change: Pick<ExceptionDraft, 'until' | 'reason' | 'owner_id'>,
): Promise<boolean> {
  const row = await tx
    .updateTable('vulnerabilities.exception')
    .set(change)
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Hosts of exceptions that ended are asked for no more. */
export const forgetHosts = (tx: Tx, ids: number[]) =>
  tx
    .deleteFrom('vulnerabilities.exception_host')
    .where('exception_id', '=', sql<number>`any(${ints(ids)}::int[])`)
    .execute();

/** Exceptions that go by labels, and who is in them now: what `exception_host` should have of these. */
const wanted = sql`
  select exception.id as exception_id, labelled.host_id from vulnerabilities.exception as exception
  join hosts.host_label as labelled on labelled.label_id = exception.label_id where exception.state <> 'ended'`;
const stored = sql`
  select named.exception_id, named.host_id from vulnerabilities.exception as exception
  join vulnerabilities.exception_host as named on named.exception_id = exception.id
  where exception.label_id is not null and exception.state <> 'ended'`;

/** An exception for hosts with a label that has not ended; null for none. */
export async function findByLabel(tx: Tx, labelId: number): Promise<number | null> {
  const row = await tx
    .selectFrom('vulnerabilities.exception')
    .select('id')
    .where('label_id', '=', labelId)
    .where('state', '<>', 'ended')
    .orderBy('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function followsLabels(db: Db): Promise<boolean> {
  const { rows } = await sql`
    select from vulnerabilities.exception where label_id is not null and state <> 'ended' limit 1`.execute(db);
  return rows.length > 0;
}

/** Hosts that came to labels of exceptions, or left them; among some hosts, or all. */
export async function findStrayed(db: Db, most: number, hostIds?: number[]): Promise<number[]> {
  const among = hostIds ? sql`where host_id = any(${ints(hostIds)}::int[])` : sql``;
  const { rows } = await sql<{ host_id: number }>`
    select distinct host_id from (((${wanted}) except (${stored})) union all ((${stored}) except (${wanted}))) as strayed
    ${among} order by 1 limit ${most}`.execute(db);
  return rows.map((row) => row.host_id);
}

/** Takes over who is in the labels now. */
export const followLabels = (tx: Tx, hostIds: number[]) =>
  sql`
    with wanted as materialized (
      select * from (${wanted}) as every where host_id = any(${ints(hostIds)}::int[])
    ), gone as (
      delete from vulnerabilities.exception_host as named using vulnerabilities.exception as exception
      where named.host_id = any(${ints(hostIds)}::int[]) and exception.id = named.exception_id
        and exception.label_id is not null and exception.state <> 'ended'
        and not exists (select from wanted where wanted.exception_id = named.exception_id and wanted.host_id = named.host_id)
    )
    insert into vulnerabilities.exception_host (exception_id, host_id) select exception_id, host_id from wanted order by 1, 2
    on conflict do nothing`.execute(tx);

export interface HostSoftware {
  id: number;
  fleet_id: number | null;
  software_ids: number[];
}

/** Hosts, deleted ones too, locked in the order of their ids, with their software. */
export async function lockHosts(tx: Tx, ids: number[]): Promise<HostSoftware[]> {
  await sql`select from hosts.host where id = any(${ints(ids)}::int[]) order by id for no key update`.execute(tx);
  const { rows } = await sql<HostSoftware>`
    select host.id, host.fleet_id, array(select software_id from inventory.host_software as have where have.host_id = host.id) as software_ids
    from hosts.host as host where id = any(${ints(ids)}::int[]) order by id`.execute(tx);
  return rows;
}

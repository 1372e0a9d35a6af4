import type { TaskState } from '@flotilla/contract/tasks';
import type { ringStates } from '@flotilla/contract/updates';
import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { FailureReason } from '../gate.ts';
import type { RingMember } from '../rings.ts';

export type RingState = (typeof ringStates)[number];

export interface RingRow {
  rollout_id: number;
  no: number;
  percent: number;
  state: RingState;
  targeted: number;
  already: number;
  opened_at: Date | null;
  filled_at: Date | null;
  passed_at: Date | null;
  reason: string;
}

const COLUMNS = [
  'rollout_id',
  'no',
  'percent',
  'state',
  'targeted',
  'already',
  'opened_at',
  'filled_at',
  'passed_at',
  'reason',
] as const;

export const readRings = (db: Db, rolloutIds: number[]): Promise<RingRow[]> =>
  db
    .selectFrom('updates.ring')
    .select(COLUMNS)
    .$narrowType<{ state: RingState }>()
    .where('rollout_id', '=', sql<number>`any(${rolloutIds}::int[])`)
    .orderBy('rollout_id')
    .orderBy('no')
    .execute();

/** The rings of a rollout in their order, locked until the transaction ends. */
export const lockRings = (tx: Tx, rolloutId: number): Promise<RingRow[]> =>
  tx
    .selectFrom('updates.ring')
    .select(COLUMNS)
    .$narrowType<{ state: RingState }>()
    .where('rollout_id', '=', rolloutId)
    .orderBy('no')
    .forUpdate()
    .execute();

export const insertRings = (tx: Tx, rolloutId: number, rings: { no: number; percent: number; hosts: number }[]) =>
  tx
    .insertInto('updates.ring')
    .values(
      rings.map(({ no, percent, hosts }) => ({
        rollout_id: rolloutId,
        no,
        percent,
        targeted: hosts,
        state: 'waiting',
      })),
    )
    .execute();

export const insertMembers = (tx: Tx, rolloutId: number, members: RingMember[]) =>
  sql`
    insert into updates.rollout_host (rollout_id, host_id, ring)
    select ${rolloutId}::int, host_id, ring from unnest(${members.map((one) => one.hostId)}::int[],
      ${members.map((one) => one.ring)}::int[]) as each (host_id, ring) order by 2`.execute(tx);

export interface RingKey {
  rollout_id: number;
  no: number;
}

export const updateRing = (
  tx: Tx,
  { rollout_id, no }: RingKey,
  set: Partial<Pick<RingRow, 'state' | 'already' | 'opened_at' | 'filled_at' | 'passed_at' | 'reason'>>,
) => tx.updateTable('updates.ring').set(set).where('rollout_id', '=', rollout_id).where('no', '=', no).execute();

/** Marks the hosts of a ring that have none of the older versions any more. @returns how many there are */
export async function markAlready(tx: Tx, { rollout_id, no }: RingKey, olderVersionIds: number[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with behind as (
      select distinct have.host_id from inventory.software as software
      join inventory.host_software as have on have.software_id = software.id
      where software.version_id = any(${olderVersionIds}::int[]) and software.kind = 'normal'
    ), marked as (
      update updates.rollout_host as member set already = true
      where rollout_id = ${rollout_id} and ring = ${no} and not exists (select from behind where behind.host_id = member.host_id)
      returning host_id
    )
    select count(*)::int as count from marked`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Hosts of a ring that are to get a task and have none. */
export async function findUnfilled(tx: Tx, { rollout_id, no }: RingKey, most: number): Promise<number[]> {
  const { rows } = await sql<{ host_id: number }>`
    select member.host_id from updates.rollout_host as member
    where member.rollout_id = ${rollout_id} and member.ring = ${no} and not member.already
      and not exists (select from installation.task as task
        where task.rollout_id = ${rollout_id} and task.host_id = member.host_id)
    order by member.host_id limit ${most}`.execute(tx);
  return rows.map((row) => row.host_id);
}

export interface TaskCount {
  rollout_id: number;
  ring: number;
  state: TaskState;
  hosts: number;
}

/** The tasks of rollouts by ring and state. */
export async function countTasks(db: Db | Tx, rolloutIds: number[]): Promise<TaskCount[]> {
  const { rows } = await sql<TaskCount>`
    select rollout_id, ring, state, count(*)::int as hosts from installation.task
    where rollout_id = any(${rolloutIds}::int[]) group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rows;
}

/** The commonest reasons for which tasks of a ring did not succeed. */
export async function readFailureReasons(tx: Tx, { rollout_id, no }: RingKey, most: number): Promise<FailureReason[]> {
  const { rows } = await sql<FailureReason>`
    select left(reason, 200) as reason, count(*)::int as hosts from installation.task
    where rollout_id = ${rollout_id} and ring = ${no} and state in ('failed', 'unverified', 'lost', 'expired', 'cancelled')
    group by 1 order by 2 desc, 1 limit ${most}`.execute(tx);
  return rows;
}

export interface MemberRow {
  id: number;
  display_name: string;
  ring: number;
  place: string;
  task_id: string | null;
  reason: string;
}

export interface MemberFilter {
  ring?: number;
  place?: string;
}

/** Where each host of a rollout is: `placeOfState` as a statement, and what is so before there is a task. */
const members = (rolloutId: number, { ring, place }: MemberFilter) => sql`
  from (
    select host.id, host.display_name, member.ring, task.id as task_id,
      case when member.already then 'already'
        when task.state is null then case when ring.state in ('waiting', 'aborted') then 'waiting' else 'queued' end
        when task.state = 'offered' then 'queued'
        when task.state in ('unverified', 'lost', 'expired') then 'failed' else task.state end as place,
      case when member.already then 'nothing older was on it when its ring opened' else coalesce(task.reason, '') end as reason
    from updates.rollout_host as member
    join updates.ring as ring on ring.rollout_id = member.rollout_id and ring.no = member.ring
    join hosts.host as host on host.id = member.host_id
    left join installation.task as task on task.rollout_id = member.rollout_id and task.host_id = member.host_id
    where member.rollout_id = ${rolloutId} ${ring === undefined ? sql`` : sql`and member.ring = ${ring}`}
  ) as member
  where ${place === undefined ? sql`true` : sql`place = ${place}`}`;

export async function listMembers(
  db: Db,
  rolloutId: number,
  { offset, limit, descending, ...filter }: MemberFilter & { offset: number; limit: number; descending: boolean },
): Promise<MemberRow[]> {
  const direction = descending ? sql`desc` : sql`asc`;
  const { rows } = await sql<MemberRow>`
    select id, display_name, ring, place, task_id, reason ${members(rolloutId, filter)}
    order by ring ${direction}, display_name ${direction}, id offset ${offset} limit ${limit}`.execute(db);
  return rows;
}

export async function countMembers(db: Db, rolloutId: number, filter: MemberFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count ${members(rolloutId, filter)}`.execute(db);
  return rows[0]?.count ?? 0;
}

import type { rolloutStates } from '@flotilla/contract/updates';
import { type Insertable, sql } from 'kysely';
import type { DB } from '../../database.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';

export type RolloutState = (typeof rolloutStates)[number];

export interface RolloutRow {
  id: number;
  name: string;
  /** Null: of all fleets. */
  fleet_id: number | null;
  fleet_name: string | null;
  title_id: number;
  title: string;
  package_id: number;
  version: string;
  file_name: string;
  vulnerability: string | null;
  state: RolloutState;
  reason: string;
  success_share: number;
  minimum_successes: number;
  created_by: string;
  account_id: number | null;
  created_at: Date;
  ended_at: Date | null;
}

/** States in which something can still happen. */
export const UNDER_WAY = ['running', 'paused', 'halted'] as const satisfies readonly RolloutState[];

const SELECTED = sql`select rollout.id, rollout.name, rollout.fleet_id,
    (select fleet.name from fleets.fleet as fleet where fleet.id = rollout.fleet_id) as fleet_name, rollout.title_id, title.display_name as title, rollout.package_id,
    package.version, package.file_name, rollout.vulnerability, rollout.state, rollout.reason, rollout.success_share,
    rollout.minimum_successes, rollout.created_by, rollout.account_id, rollout.created_at, rollout.ended_at
  from updates.rollout as rollout join inventory.title as title on title.id = rollout.title_id
  join installation.package as package on package.id = rollout.package_id`;

export interface RolloutFilter {
  state?: RolloutState;
  /** Rollouts to hosts of these fleets only; null are all. */
  fleetIds: readonly number[] | null;
}

const where = ({ state, fleetIds }: RolloutFilter) => sql`where true
  ${state === undefined ? sql`` : sql`and rollout.state = ${state}`}
  ${fleetIds === null ? sql`` : sql`and rollout.fleet_id = any(${fleetIds}::int[])`}`;

/** Rollouts, newest first unless asked otherwise. */
export async function listRollouts(
  db: Db,
  of: RolloutFilter & { ascending: boolean; offset: number; limit: number },
): Promise<RolloutRow[]> {
  const { rows } = await sql<RolloutRow>`
    ${SELECTED} ${where(of)}
    order by rollout.id ${of.ascending ? sql`asc` : sql`desc`} offset ${of.offset} limit ${of.limit}`.execute(db);
  return rows;
}

export async function countRollouts(db: Db, of: RolloutFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from updates.rollout as rollout ${where(of)}`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function findRollout(db: Db, id: number): Promise<RolloutRow | null> {
  const { rows } = await sql<RolloutRow>`${SELECTED} where rollout.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** The rollout, locked until the transaction ends: rollout, rings and tasks are always locked in this order. */
export async function lockRollout(tx: Tx, id: number): Promise<RolloutRow | null> {
  const { rows } = await sql<RolloutRow>`${SELECTED} where rollout.id = ${id} for update of rollout`.execute(tx);
  return rows[0] ?? null;
}

export const listRunning = async (db: Db): Promise<number[]> =>
  (await db.selectFrom('updates.rollout').select('id').where('state', '=', 'running').orderBy('id').execute()).map(
    (row) => row.id,
  );

/** Whoever makes rollouts takes turns with each other, and with whoever takes packages away. */
export const lockRollouts = (tx: Tx) => sql`lock table updates.rollout in share row exclusive mode`.execute(tx);

export async function insertRollout(tx: Tx, row: Insertable<DB['updates.rollout']>): Promise<number> {
  return (await tx.insertInto('updates.rollout').values(row).returning('id').executeTakeFirstOrThrow()).id;
}

export const updateRollout = (tx: Tx, id: number, set: Partial<Pick<RolloutRow, 'state' | 'reason' | 'ended_at'>>) =>
  tx.updateTable('updates.rollout').set(set).where('id', '=', id).execute();

export interface RolloutUnderWay {
  id: number;
  name: string;
  title_id: number;
  package_id: number;
  vulnerability: string | null;
}

/** Rollouts that are under way, of titles or with packages; with `fleetIds` those that concern hosts of any of these fleets. */
export async function findUnderWay(
  db: Db | Tx,
  of: { titleIds: number[]; fleetIds: readonly number[] | null } | { packageIds: number[] },
): Promise<RolloutUnderWay[]> {
  const which =
    'titleIds' in of ? sql`title_id = any(${of.titleIds}::int[])` : sql`package_id = any(${of.packageIds}::int[])`;
  const there =
    'titleIds' in of && of.fleetIds !== null
      ? sql`and (fleet_id is null or fleet_id = any(${of.fleetIds}::int[]))`
      : sql``;
  const { rows } = await sql<RolloutUnderWay>`
    select id, name, title_id, package_id, vulnerability from updates.rollout
    where state in ('running', 'paused', 'halted') and ${which} ${there} order by id`.execute(db);
  return rows;
}

import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db/database.ts';

/** Any number will do, as long as all processes agree on it. */
const LOCK = 70_120_003;

/** Who moves weights and who moves counters take turns, so that each move is weighed once. */
export const lockMoves = (tx: Tx) => sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);

/** Why exposure moved. */
export const moveReasons = [
  'new_advisory',
  'new_software',
  'fixed',
  'advisory_changed',
  'exception',
  'transfer',
  'host_removed',
  'rescored',
  'correction',
] as const;
export type MoveReason = (typeof moveReasons)[number];

export interface Move {
  fleet_id: number;
  reason: MoveReason;
  score: number;
}

/** Remembers by how much exposure moved, and why, until the next point. */
export async function addMoves(tx: Tx, moves: Move[]): Promise<void> {
  if (moves.length === 0) return;
  await sql`
    insert into vulnerabilities.exposure_move as known (fleet_id, reason, score)
    select fleet_id, reason, sum(score) from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb)
      as each (fleet_id int, reason text, score float8) group by 1, 2 order by 1, 2
    on conflict (fleet_id, reason) do update set score = known.score + excluded.score`.execute(tx);
}

/** What vulnerabilities weigh; those not rated yet are left out. @param vulnerabilityIds text of an array */
export async function readWeights(tx: Tx, vulnerabilityIds: string): Promise<Map<number, number>> {
  const { rows } = await sql<{ vulnerability_id: number; weight: number }>`
    select vulnerability_id, weight from vulnerabilities.weight where vulnerability_id = any(${vulnerabilityIds}::int[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.vulnerability_id, row.weight]));
}

/** Ends an hour: the exposure of each fleet by its counters now, and what moved it since the point before. */
export const writePoints = (tx: Tx, at: Date) =>
  sql`
    with moved as (delete from vulnerabilities.exposure_move returning fleet_id, reason, score),
    explained as (
      select fleet_id, jsonb_object_agg(reason, round(score::numeric, 1)) as by_reason from moved
      where abs(score) >= 0.05 group by 1
    ), scored as (
      select counted.fleet_id, round(sum(counted.hosts * weight.weight::numeric), 1)::float8 as score
      from vulnerabilities.vulnerability_fleet as counted
      join vulnerabilities.weight as weight on weight.vulnerability_id = counted.vulnerability_id group by 1
    )
    insert into vulnerabilities.exposure_point (fleet_id, at, score, by_reason)
    select fleet_id, ${at}::timestamptz, coalesce(scored.score, 0), coalesce(explained.by_reason, '{}')
    from scored full join explained using (fleet_id)
    on conflict (fleet_id, at) do update set score = excluded.score, by_reason = exposure_point.by_reason || excluded.by_reason`.execute(
    tx,
  );

export const forgetPoints = (tx: Tx, before: Date) =>
  tx.deleteFrom('vulnerabilities.exposure_point').where('at', '<', before).execute();

export interface PointRow {
  at: Date;
  score: number;
  by_reason: Partial<Record<MoveReason, number>>;
}

export async function readPoints(db: Db, of: { fleetId: number; from: Date; to: Date }): Promise<PointRow[]> {
  const { rows } = await sql<PointRow>`
    select at, score, by_reason from vulnerabilities.exposure_point
    where fleet_id = ${of.fleetId} and at >= ${of.from} and at <= ${of.to} order by at`.execute(db);
  return rows;
}

/** By the counters as they are. */
export async function readScore(db: Db, fleetId: number): Promise<number> {
  const { rows } = await sql<{ score: number }>`
    select coalesce(round(sum(counted.hosts * weight.weight::numeric), 1), 0)::float8 as score
    from vulnerabilities.vulnerability_fleet as counted
    join vulnerabilities.weight as weight on weight.vulnerability_id = counted.vulnerability_id
    where counted.fleet_id = ${fleetId}`.execute(db);
  return rows[0]?.score ?? 0;
}

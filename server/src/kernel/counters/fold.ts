import { sql } from 'kysely';
import { ints } from '../db/arrays.ts';
import type { Tx } from '../db/database.ts';
import { countNextAudience, shareAudiences } from './audience.ts';
import type { CounterFamily, CounterKind } from './spec.ts';

/** Delta rows taken at once: bounds the memory of one fold. */
const BATCH = 2_000;

export interface FoldedKey {
  fleet_id: number;
  key: number;
  before: number;
  after: number;
}

interface Moved {
  kind: string;
  fleet_id: number;
  key: number;
  by: number;
}

/** A move and why; empty in families that keep no reasons. */
export interface ReasonedMove extends Moved {
  reason: string;
}

/**
 * Adds pending deltas to the counter tables, in key order, and counts audiences that are new.
 * @param onMoves is told every move with its reason before it is added, within the transaction
 * @returns per kind the keys whose counter changed; null when nothing was pending
 */
export async function foldDeltas(
  tx: Tx,
  family: CounterFamily,
  onMoves?: (moves: ReasonedMove[]) => Promise<void>,
): Promise<Map<string, FoldedKey[]> | null> {
  const counted = await countNextAudience(tx, family);
  if (counted) return counted;
  await shareAudiences(tx);
  const deltas = sql.table(family.deltas);
  const reason = family.keepsReasons ? sql`reason` : sql`''::text`;
  const { rows } = await sql<ReasonedMove>`
    with taken as (
      delete from ${deltas} where id in (select id from ${deltas} order by id limit ${BATCH})
      returning kind, fleet_id, ${reason} as reason, keys, by
    ), each as (
      select kind, fleet_id, reason, one.key, one.by from taken, unnest(keys, by) as one (key, by)
    )
    select kind, fleet_id, key, reason, sum(by)::int as by from (
      select * from each
      union all
      select each.kind, audience.id, each.reason, each.key, each.by from each
      join kernel.audience as audience on each.fleet_id = any(audience.fleet_ids)
      join kernel.audience_counted as counted on counted.audience_id = audience.id and counted.family = ${family.name}
    ) as moved
    group by 1, 2, 3, 4 order by 1, 2, 3`.execute(tx);
  if (rows.length === 0) return null;
  await onMoves?.(rows);
  const changed = new Map<string, FoldedKey[]>();
  for (const kind of family.kinds) {
    const moved = withoutReasons(rows.filter((row) => row.kind === kind.kind)).filter((row) => row.by !== 0);
    changed.set(kind.kind, moved.length > 0 ? await foldKind(tx, kind, moved) : []);
  }
  return changed;
}

/** Rows of one counter follow each other. */
function withoutReasons(rows: ReasonedMove[]): Moved[] {
  const moved: Moved[] = [];
  for (const { reason: _, ...row } of rows) {
    const last = moved.at(-1);
    if (last && last.fleet_id === row.fleet_id && last.key === row.key) last.by += row.by;
    else moved.push(row);
  }
  return moved;
}

async function foldKind(tx: Tx, { table, key }: CounterKind, moved: Moved[]): Promise<FoldedKey[]> {
  const column = sql.ref(key);
  const { rows } = await sql<FoldedKey>`
    with moved as (
      select * from unnest(${ints(moved.map((row) => row.fleet_id))}::int[], ${ints(moved.map((row) => row.key))}::int[],
        ${ints(moved.map((row) => row.by))}::int[]) as each (fleet_id, key, by)
    ), folded as (
      insert into ${sql.table(table)} as counter (fleet_id, ${column}, hosts)
      select fleet_id, key, by from moved order by fleet_id, key
      on conflict (fleet_id, ${column}) do update set hosts = counter.hosts + excluded.hosts
      returning counter.fleet_id, counter.${column} as key, counter.hosts
    )
    select folded.fleet_id, folded.key, folded.hosts - moved.by as before, folded.hosts as after
    from folded join moved on moved.fleet_id = folded.fleet_id and moved.key = folded.key`.execute(tx);
  return rows;
}

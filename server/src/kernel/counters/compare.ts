import { sql } from 'kysely';
import type { Tx } from '../db/database.ts';
import type { DeltaRow } from './deltas.ts';
import { ALL_FLEETS, type CounterFamily, type CounterKind } from './spec.ts';

/** Hosts per fleet and key, as `fleet key` → hosts. */
export type Counts = Map<string, number>;
export const countName = (fleet: number, key: number) => `${fleet} ${key}`;

/**
 * What the counters say including deltas not yet folded, in the snapshot of `tx`; of all keys, or of some. Audiences are left out:
 * they are sums of fleets.
 * A count of nothing is left out.
 */
export async function readCounts(
  tx: Tx,
  family: CounterFamily,
  of: { kind: CounterKind; keys?: number[] },
): Promise<Counts> {
  const { kind, table, key } = of.kind;
  const only = of.keys ? sql`and key = any(${of.keys}::int[])` : sql``;
  const { rows } = await sql<{ fleet_id: number; key: number; hosts: number }>`
    select fleet_id, key, sum(hosts)::int as hosts from (
      select fleet_id, ${sql.ref(key)} as key, hosts from ${sql.table(table)}
      union all
      select fleet_id, each.key, each.by from ${sql.table(family.deltas)} as delta, unnest(delta.keys, delta.by) as each (key, by)
      where delta.kind = ${kind}
    ) as all_counts where fleet_id >= ${ALL_FLEETS} ${only} group by 1, 2 having sum(hosts) <> 0`.execute(tx);
  return new Map(rows.map((row) => [countName(row.fleet_id, row.key), row.hosts]));
}

/** The deltas that turn `counted` into `truth`. */
export function correct(kind: string, truth: Counts, counted: Counts): DeltaRow[] {
  const byFleet = new Map<number, { keys: number[]; by: number[] }>();
  for (const name of new Set([...truth.keys(), ...counted.keys()])) {
    const by = (truth.get(name) ?? 0) - (counted.get(name) ?? 0);
    if (by === 0) continue;
    const [fleet = 0, key = 0] = name.split(' ').map(Number);
    const row = byFleet.get(fleet) ?? { keys: [], by: [] };
    byFleet.set(fleet, row);
    row.keys.push(key);
    row.by.push(by);
  }
  return [...byFleet].map(([fleet_id, row]) => ({ kind, fleet_id, reason: 'recount', ...row }));
}

import { ALL_FLEETS, NO_FLEET } from './spec.ts';

/** Differences of counters that one transaction collects, packed into one row for each kind and fleet. */
export interface DeltaSet {
  /** The host's distinct keys were `before` and are now `after`. */
  add(kind: string, fleetId: number | null, sets: { before: Iterable<number>; after: Set<number> }): void;
  /** The host went to another fleet with all its keys. */
  move(kind: string, fleets: { from: number | null; to: number | null }, keys: Iterable<number>): void;
  rows(reason: string): DeltaRow[];
}

export interface DeltaRow {
  kind: string;
  fleet_id: number;
  reason: string;
  keys: number[];
  by: number[];
}

/** Every difference counts for the host's fleet and for all fleets. */
export function collectDeltas(): DeltaSet {
  const sums = new Map<string, Map<number, number>>();
  const sumsOf = (kind: string, fleet: number | null) => {
    const name = `${kind} ${fleet ?? NO_FLEET}`;
    const counts = sums.get(name) ?? new Map<number, number>();
    sums.set(name, counts);
    return counts;
  };
  const bump = (counts: Map<number, number>, key: number, by: number) => counts.set(key, (counts.get(key) ?? 0) + by);
  return {
    add(kind, fleetId, { before, after }) {
      const all = sumsOf(kind, ALL_FLEETS);
      const own = sumsOf(kind, fleetId);
      const count = (key: number, by: number) => {
        bump(all, key, by);
        bump(own, key, by);
      };
      const gone = new Set(before);
      for (const key of after) if (!gone.delete(key)) count(key, 1);
      for (const key of gone) count(key, -1);
    },
    move(kind, { from, to }, keys) {
      const left = sumsOf(kind, from);
      const joined = sumsOf(kind, to);
      for (const key of keys) {
        bump(left, key, -1);
        bump(joined, key, 1);
      }
    },
    rows(reason) {
      return [...sums].flatMap(([name, counts]) => {
        const [kind = '', fleet = ''] = name.split(' ');
        const changed = [...counts].filter(([, by]) => by !== 0).sort(([a], [b]) => a - b);
        if (changed.length === 0) return [];
        return [
          { kind, fleet_id: Number(fleet), reason, keys: changed.map(([key]) => key), by: changed.map(([, by]) => by) },
        ];
      });
    },
  };
}

import { ALL_FLEETS, NO_FLEET } from './spec.ts';

/** Differences of counters that one transaction collects, packed into one row for each kind and fleet. */
export interface DeltaSet {
  /** The host's distinct keys were `before` and are now `after`. */
  add(kind: string, fleetId: number | null, sets: { before: Iterable<number>; after: Set<number> }): void;
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
  const bump = (kind: string, fleet: number, change: { key: number; by: number }) => {
    const name = `${kind} ${fleet}`;
    const counts = sums.get(name) ?? new Map<number, number>();
    sums.set(name, counts);
    counts.set(change.key, (counts.get(change.key) ?? 0) + change.by);
  };
  return {
    add(kind, fleetId, { before, after }) {
      const gone = new Set(before);
      const changes = [...after].filter((key) => !gone.delete(key)).map((key) => ({ key, by: 1 }));
      for (const key of gone) changes.push({ key, by: -1 });
      for (const change of changes) {
        bump(kind, ALL_FLEETS, change);
        bump(kind, fleetId ?? NO_FLEET, change);
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

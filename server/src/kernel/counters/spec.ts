/**
 * A family of counters: how many hosts, per fleet and key. Truth is in rows of the domain; every transaction that changes
 * it appends the exact difference to `deltas`, which are folded into the counter tables by one process. At any moment
 * truth = counter + deltas not yet folded.
 */
export interface CounterFamily {
  name: string;
  /** Table (id, kind, fleet_id, reason, keys int[], by int[]). */
  deltas: string;
  /** Whoever folds is told why each count moved. */
  keepsReasons?: true;
  kinds: CounterKind[];
}

export interface CounterKind {
  kind: string;
  /** Table (fleet_id, <key>, hosts). */
  table: string;
  key: string;
}

export const ALL_FLEETS = -1;
export const NO_FLEET = 0;

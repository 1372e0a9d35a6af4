import type { CounterFamily } from '../kernel/counters/spec.ts';

/** How many hosts have each title and each version, per fleet. */
export const hostCounts: CounterFamily = {
  name: 'inventory',
  deltas: 'inventory.count_delta',
  kinds: [
    { kind: 'title', table: 'inventory.title_fleet', key: 'title_id' },
    { kind: 'version', table: 'inventory.version_fleet', key: 'version_id' },
  ],
};

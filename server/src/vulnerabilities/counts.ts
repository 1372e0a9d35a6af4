import type { CounterFamily, CounterKind } from '../kernel/counters/spec.ts';

export const vulnerabilityCount: CounterKind = {
  kind: 'vulnerability',
  table: 'vulnerabilities.vulnerability_fleet',
  key: 'vulnerability_id',
};

/** Hosts that have it, but by nothing that is not excepted. */
export const acceptedCount: CounterKind = {
  kind: 'accepted',
  table: 'vulnerabilities.accepted_fleet',
  key: 'vulnerability_id',
};

/** How many hosts have each vulnerability, per fleet. */
export const vulnerabilityCounts: CounterFamily = {
  name: 'vulnerabilities',
  deltas: 'vulnerabilities.count_delta',
  keepsReasons: true,
  kinds: [vulnerabilityCount, acceptedCount],
};

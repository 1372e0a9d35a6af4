import type { CounterFamily, CounterKind } from '../kernel/counters/spec.ts';

export const vulnerabilityCount: CounterKind = {
  kind: 'vulnerability',
  table: 'vulnerabilities.vulnerability_fleet',
  key: 'vulnerability_id',
};

/** How many hosts have each vulnerability, per fleet. */
export const vulnerabilityCounts: CounterFamily = {
  name: 'vulnerabilities',
  deltas: 'vulnerabilities.count_delta',
  kinds: [vulnerabilityCount],
};

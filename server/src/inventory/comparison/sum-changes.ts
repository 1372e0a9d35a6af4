import { NO_FLEET } from '../../kernel/counters/spec.ts';

/** The distinct versions of a host before and after something changed. */
export interface HostVersions {
  at: Date;
  fleetId: number | null;
  before: ReadonlySet<number>;
  after: ReadonlySet<number>;
}

/** How often versions came to hosts of a fleet and left them on a day, packed. */
export interface ChangeRow {
  day: string;
  fleetId: number;
  versionIds: number[];
  opened: number[];
  closed: number[];
}

/** What came to hosts and left them, by day and fleet. */
export function sumChanges(hosts: readonly HostVersions[]): ChangeRow[] {
  const sums = new Map<string, Map<number, { opened: number; closed: number }>>();
  for (const { at, fleetId, before, after } of hosts) {
    const name = `${at.toISOString().slice(0, 10)} ${fleetId ?? NO_FLEET}`;
    const versions = sums.get(name) ?? new Map<number, { opened: number; closed: number }>();
    const bump = (version: number, what: 'opened' | 'closed') => {
      const sum = versions.get(version) ?? { opened: 0, closed: 0 };
      sum[what] += 1;
      versions.set(version, sum);
    };
    for (const version of after) if (!before.has(version)) bump(version, 'opened');
    for (const version of before) if (!after.has(version)) bump(version, 'closed');
    if (versions.size > 0) sums.set(name, versions);
  }
  return [...sums].map(([name, versions]) => {
    const [day = '', fleet = ''] = name.split(' ');
    const counts = [...versions.values()];
    return {
      day,
      fleetId: Number(fleet),
      versionIds: [...versions.keys()],
      opened: counts.map((count) => count.opened),
      closed: counts.map((count) => count.closed),
    };
  });
}

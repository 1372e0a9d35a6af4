/** What a software carries, as exceptions leave it: each active finding is in one of the three. */
export interface Carried {
  /** Vulnerabilities that count every host which has the software. */
  open: readonly number[];
  /** Those of which an exception says for everything that they do not count. */
  exempt: readonly number[];
  /** Those that do not count on some hosts. */
  split: readonly SplitFinding[];
}

export interface SplitFinding {
  vulnerabilityId: number;
  /** Where it does not count; 0 are the hosts in no fleet. */
  fleetIds: readonly number[];
  /** Exceptions for single hosts or labels that are about it. */
  exceptionIds: readonly number[];
}

export interface HostScope {
  fleetId: number | null;
  /** Exceptions for the host itself or a label it has. */
  exceptionIds: ReadonlySet<number>;
}

export interface HostVulnerabilities {
  /** Carried by at least one software without an exception. */
  open: Set<number>;
  /** Carried, and every software that does is excepted. */
  accepted: Set<number>;
}

export const NOTHING_CARRIED: Carried = { open: [], exempt: [], split: [] };

export const carriesAnything = ({ open, exempt, split }: Carried): boolean =>
  open.length + exempt.length + split.length > 0;

/** What a host has, from what its software carries: all that vulnerabilities are counted by. */
export function vulnerabilitiesOf(software: Iterable<Carried>, scope: HostScope): HostVulnerabilities {
  const open = new Set<number>();
  const accepted = new Set<number>();
  for (const one of software) {
    for (const id of one.open) open.add(id);
    for (const id of one.exempt) accepted.add(id);
    for (const finding of one.split) (isExempt(finding, scope) ? accepted : open).add(finding.vulnerabilityId);
  }
  for (const id of accepted) if (open.has(id)) accepted.delete(id);
  return { open, accepted };
}

const isExempt = ({ fleetIds, exceptionIds }: SplitFinding, scope: HostScope): boolean =>
  fleetIds.includes(scope.fleetId ?? 0) || exceptionIds.some((id) => scope.exceptionIds.has(id));

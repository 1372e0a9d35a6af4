import { decideBod2604 } from './bod-26-04.ts';
import { dueDate } from './due-date.ts';
import type { SeverityLevel } from './severity.ts';
import { type SlaRule, slaDays } from './sla.ts';

/** What is known of a vulnerability and of the host that has it; undefined where nobody knows. */
export interface DueInputs {
  isKnownExploited: boolean;
  /** Whether a list of exploited vulnerabilities was read at all: without one, not being on it means nothing. */
  isListed: boolean;
  isAutomatable?: boolean;
  technicalImpact?: 'partial' | 'total';
  severity?: SeverityLevel;
  probability?: number;
  /** Whether the internet can reach the host. */
  isAssetExposed?: boolean;
}

/** Where the days come from: a table of people's own, CISA's directive, or the usual table by severity. */
export type DueBasis = 'sla' | 'bod-26-04' | 'severity';

export interface DueTime {
  basis: DueBasis;
  /** Null: with the next upgrade. */
  days: number | null;
  /** What it would be if no attacks were known. */
  usualDays: number | null;
}

/**
 * By when, where CISA's inputs are not told. 14 and 60 days are the longest that BOD 26-04 gives to what is exploited and to what has
 * a time at all.
 */
export const severityTable: readonly SlaRule[] = [
  { isKnownExploited: true, days: 14 },
  { minimumSeverity: 'critical', days: 30 },
  { minimumSeverity: 'high', days: 60 },
  { minimumSeverity: 'medium', days: 90 },
];

/** In how many days a finding is to be mended. @param rules people's own table; null: none (docs/decisions/0028-due-dates.md) */
export function decideDue(rules: readonly SlaRule[] | null, inputs: DueInputs): DueTime {
  const { basis, days } = decide(rules, inputs);
  if (!inputs.isKnownExploited) return { basis, days, usualDays: days };
  return { basis, days, usualDays: decide(rules, { ...inputs, isKnownExploited: false }).days };
}

function decide(rules: readonly SlaRule[] | null, inputs: DueInputs): { basis: DueBasis; days: number | null } {
  if (rules) return { basis: 'sla', days: slaDays(rules, inputs) };
  const { isAutomatable, technicalImpact, isListed, isKnownExploited, isAssetExposed } = inputs;
  const isTold = isAutomatable !== undefined && technicalImpact !== undefined && (isListed || isKnownExploited);
  if (!isTold) return { basis: 'severity', days: slaDays(severityTable, inputs) };
  const asset = isAssetExposed === undefined ? {} : { isAssetExposed };
  const { days } = decideBod2604({ isKnownExploited, isAutomatable, technicalImpact, ...asset });
  return { basis: 'bod-26-04', days };
}

/**
 * When the time ends. Attacks that became known after the finding begin a shorter time then, which never lengthens the usual one.
 * @param since ISO 8601
 * @param exploitedSince ISO 8601; null: none are known
 * @returns ISO 8601, or null for with the next upgrade
 */
export function dueAt({ days, usualDays }: DueTime, since: string, exploitedSince: string | null): string | null {
  const urgent = exploitedSince !== null && Date.parse(exploitedSince) > Date.parse(since) ? exploitedSince : since;
  const ends = [
    ...(days === null ? [] : [dueDate(urgent, days)]),
    ...(usualDays === null ? [] : [dueDate(since, usualDays)]),
  ];
  return ends.length === 0 ? null : ends.reduce((first, end) => (Date.parse(end) < Date.parse(first) ? end : first));
}

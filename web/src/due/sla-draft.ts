import type { Sla } from '@flotilla/contract/due';
import { ApiError } from '../api/api-error.ts';

export type SlaRules = NonNullable<Sla['rules']>;
type Rule = SlaRules[number];
export type Severity = NonNullable<Rule['minimumSeverity']>;
export const severities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[];

/** A rule as it is typed. */
export interface RuleDraft {
  severity: Severity | undefined;
  isKnownExploited: boolean;
  /** EPSS in percent; null: it does not matter. */
  percent: number | null;
  days: number | null;
}

/** What a new table begins with. */
export const firstRules: RuleDraft[] = [
  { severity: undefined, isKnownExploited: true, percent: null, days: 14 },
  { severity: 'critical', isKnownExploited: false, percent: null, days: 30 },
  { severity: 'high', isKnownExploited: false, percent: null, days: 60 },
];
export const emptyRule: RuleDraft = { severity: 'high', isKnownExploited: false, percent: null, days: null };

export const toDraft = (rules: SlaRules): RuleDraft[] =>
  rules.map(({ minimumSeverity, isKnownExploited, minimumProbability, days }) => ({
    severity: minimumSeverity,
    isKnownExploited: isKnownExploited ?? false,
    percent: minimumProbability === undefined ? null : Math.round(minimumProbability * 10_000) / 100,
    days,
  }));

export const toRules = (drafts: readonly RuleDraft[]): SlaRules =>
  drafts.map(({ severity, isKnownExploited, percent, days }) => ({
    ...(severity && { minimumSeverity: severity }),
    ...(isKnownExploited && { isKnownExploited }),
    ...(percent !== null && { minimumProbability: percent / 100 }),
    days: days ?? 0,
  }));

/** "Known exploited, severity high or above: 14 days". */
export function ruleWords({ minimumSeverity, isKnownExploited, minimumProbability, days }: Rule): string {
  const conditions = [
    ...(isKnownExploited ? ['known exploited'] : []),
    ...(minimumSeverity ? [minimumSeverity === 'critical' ? 'critical' : `${minimumSeverity} or above`] : []),
    ...(minimumProbability === undefined ? [] : [`attacked with ${Math.round(minimumProbability * 100)} % or more`]),
  ];
  const what = conditions.length === 0 ? 'everything' : conditions.join(', ');
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${days} ${days === 1 ? 'day' : 'days'}`;
}

/** Why rules were refused: by place and field as "0 days", and under "base" what is about none. */
export function reasonsByRule(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return error ? { base: 'Something went wrong in the console itself' } : {};
  const found: Record<string, string> = {};
  for (const { name, reason } of error.reasons) {
    const [, place, field] = /(\d+)[./](\w+)$/.exec(name) ?? [];
    found[place === undefined ? 'base' : `${place} ${field}`] ??= reason;
  }
  if (Object.keys(found).length === 0) found.base = error.message;
  return found;
}

import type { Decision } from '@flotilla/contract/vulnerabilities';

export type SeverityLevel = NonNullable<Decision['severity']['level']>;

/** The least score of each word: CVSS 3.1, section "Qualitative Severity Rating Scale". */
export const leastScores = { critical: 9, high: 7, medium: 4 } as const;

/** The word for a score. */
export function levelOf(score: number): SeverityLevel {
  if (score >= leastScores.critical) return 'critical';
  if (score >= leastScores.high) return 'high';
  if (score >= leastScores.medium) return 'medium';
  return score > 0 ? 'low' : 'none';
}

/** How likely attacks within 30 days are, by EPSS: "0.4%". */
export function likelihoodWords(probability: number): string {
  if (probability > 0 && probability < 0.001) return '<0.1%';
  return `${(probability * 100).toFixed(1)}%`;
}

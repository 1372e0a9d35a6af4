import type { SeverityInputs } from '../advisories/advisory.ts';
import { type CvssVersion, cvssScore } from './cvss.ts';

export const severityLevels = ['none', 'low', 'medium', 'high', 'critical'] as const;
export type SeverityLevel = (typeof severityLevels)[number];

export interface Severity {
  level: SeverityLevel;
  /** Absent where only a word is known. */
  score?: number;
  version?: CvssVersion;
  vector?: string;
}

/** Version 3 first: most records have it, so most can be compared. The scales differ, so no two are ever mixed. */
const preference = ['cvss3', 'cvss4', 'cvss2'] as const;

/**
 * The severity to sort and filter by, out of what several records say.
 * @param records the most trusted first: its vector counts among those of one generation of CVSS
 * @returns null where nobody said anything that can be understood
 */
export function severityOf(records: readonly SeverityInputs[]): Severity | null {
  for (const generation of preference) {
    for (const { [generation]: vector } of records) {
      const scored = vector === undefined ? null : cvssScore(vector);
      if (scored) return { level: levelOfScore(scored.score, scored.version), ...scored, vector };
    }
  }
  for (const { rating } of records) {
    const level = rating === undefined ? undefined : levelsOfWords.get(rating.toLowerCase());
    if (level) return { level };
  }
  return null;
}

/**
 * Words of CVSS 3.0 to 4.0 for their scores (section "Qualitative Severity Rating Scale"). Version 2 defines none: NVD's words
 * for it are used, which end at high (https://nvd.nist.gov/vuln-metrics/cvss).
 */
export function levelOfScore(score: number, version: CvssVersion): SeverityLevel {
  if (version === '2.0') return score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'none';
}

/** Words of Microsoft, Red Hat, Debian, Ubuntu and GitHub. */
const levelsOfWords: ReadonlyMap<string, SeverityLevel> = new Map([
  ['critical', 'critical'],
  ['important', 'high'],
  ['high', 'high'],
  ['moderate', 'medium'],
  ['medium', 'medium'],
  ['low', 'low'],
  ['negligible', 'low'],
]);

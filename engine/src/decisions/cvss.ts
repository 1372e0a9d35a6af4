import calculator from 'ae-cvss-calculator';

export type CvssVersion = '2.0' | '3.0' | '3.1' | '4.0';

export interface CvssScore {
  version: CvssVersion;
  /** 0 to 10, in steps of 0.1 */
  score: number;
}

/** A vector of version 2 has no prefix; some put it in brackets. */
const kinds = [
  ['2.0', /^\(?AV:[LAN]\/AC:[HML]\/Au:/, calculator.Cvss2],
  ['3.0', /^CVSS:3\.0\//, calculator.Cvss3P0],
  ['3.1', /^CVSS:3\.1\//, calculator.Cvss3P1],
  ['4.0', /^CVSS:4\.0\//, calculator.Cvss4P0],
] as const;

/**
 * The base score of a CVSS vector of any version; of version 4 with its threat metrics, as that one has a single score.
 * https://www.first.org/cvss/
 * @returns null for what is no vector, or lacks a base metric
 */
export function cvssScore(vector: string): CvssScore | null {
  const kind = kinds.find(([, form]) => form.test(vector));
  if (!kind) return null;
  const [version, , Vector] = kind;
  try {
    const read = new Vector(vector.replace(/^\((.*)\)$/, '$1'));
    if (!read.isBaseFullyDefined()) return null;
    const { base, overall } = read.calculateScores();
    const score = version === '4.0' ? overall : base;
    return score === undefined || Number.isNaN(score) ? null : { version, score };
  } catch {
    return null;
  }
}

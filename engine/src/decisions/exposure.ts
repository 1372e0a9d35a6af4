import type { SeverityLevel } from './severity.ts';

/** What of a vulnerability weighs. */
export interface ExposureInputs {
  /** CVSS, 0 to 10; undefined where only a word, or nothing, is known. */
  score?: number;
  level?: SeverityLevel;
  /** EPSS, 0 to 1; undefined where it has none. */
  probability?: number;
  isKnownExploited: boolean;
}

/** Middles of the ranges that the words stand for. */
const scoreOfLevel = { none: 0, low: 2, medium: 5.5, high: 8, critical: 9.5 } as const;
/** Nobody rated it: as bad as most are. */
const SCORE_OF_UNRATED = 5.5;
/** About the median of EPSS: it gives nothing the weight of nothing. */
const LEAST_LIKELIHOOD = 0.01;

/**
 * What one host with a vulnerability adds to the exposure of its fleet: 0 to 100, its impact times how likely attacks are
 * (docs/decisions/0025-what-exposure-weighs.md). Exposure is the sum over hosts and vulnerabilities.
 */
export function exposureWeight({ score, level, probability, isKnownExploited }: ExposureInputs): number {
  const impact = (score ?? (level ? scoreOfLevel[level] : SCORE_OF_UNRATED)) / 10;
  const likelihood = isKnownExploited ? 1 : Math.max(probability ?? 0, LEAST_LIKELIHOOD);
  return Math.round(impact * likelihood * 1000) / 10;
}

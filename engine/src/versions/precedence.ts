import { compareLists } from './lists.ts';
import { compareNumbers, compareTexts } from './numbers.ts';
import { isDigits, type Numeral } from './numerals.ts';
import type { Order } from './scheme.ts';

/** What decides the precedence of Semantic Versioning; build metadata does not. */
export interface SemanticVersion {
  release: readonly Numeral[];
  /** Empty for a release. */
  prerelease: readonly string[];
}

/** Precedence by rule 11 of Semantic Versioning 2.0.0, for as many numbers as both versions have. */
export function comparePrecedence(a: SemanticVersion, b: SemanticVersion): Order {
  return compareLists(a.release, b.release, compareNumbers) || comparePrereleases(a.prerelease, b.prerelease);
}

function comparePrereleases(a: readonly string[], b: readonly string[]): Order {
  if (a.length === 0 || b.length === 0) {
    if (a.length === b.length) return 0;
    return a.length === 0 ? 1 : -1;
  }
  return compareLists(a, b, compareIdentifiers);
}

/** Numbers before words; numbers as numbers, words by their characters. */
function compareIdentifiers(a: string, b: string): Order {
  const isNumber = isDigits(a);
  if (isNumber !== isDigits(b)) return isNumber ? -1 : 1;
  return isNumber ? compareNumbers(a, b) : compareTexts(a, b);
}

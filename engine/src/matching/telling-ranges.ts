import type { VersionRange } from '../advisories/advisory.ts';

/** The ranges of a record that can be compared with a version, and why others leave open whether it is affected. */
export interface TellingRanges {
  telling: readonly VersionRange[];
  /** Null when none is left out that might hold the version. */
  open: { reason: 'undetermined' | 'advisory_not_comparable'; detail: string } | null;
}

/**
 * Records of products name some versions in ways that no order knows. A product without versions is a mention and no
 * statement about all of them, and of a day and a number none is the newer.
 */
export function tellingRanges(ranges: readonly VersionRange[], version: string): TellingRanges {
  const tells = (range: VersionRange) =>
    hasBounds(range) && !isOfOtherKind(range, version) && !isOtherPoint(range, version);
  if (ranges.every(tells)) return { telling: ranges, open: null };
  const relevant = ranges.filter((range) => !isOtherPoint(range, version));
  const telling = relevant.filter((range) => hasBounds(range) && !isOfOtherKind(range, version));
  if (telling.length === relevant.length) return { telling, open: null };
  return { telling, open: relevant.every(hasBounds) ? ofOtherKind : withoutVersions };
}

const hasBounds = ({ introduced, after, fixed, lastAffected }: VersionRange) =>
  Boolean(introduced || after || fixed || lastAffected);

/** One release of another first number, however oddly the rest of it is written (2.0_.1). */
function isOtherPoint({ introduced, lastAffected }: VersionRange, version: string): boolean {
  if (introduced === undefined || introduced !== lastAffected) return false;
  const point = firstNumber(introduced);
  const own = firstNumber(version);
  return point !== null && own !== null && point !== own;
}

const firstNumber = (text: string) => /^v?0*(\d+)/.exec(text)?.[1] ?? null;

/** A year is more than any number that programs have reached. */
const isOfOtherKind = (range: VersionRange, version: string) =>
  Object.values(range).some((bound) => DAY.test(bound) !== DAY.test(version));
const DAY = /^(?:release\.)?(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?[0-3]\d(?!\d)/i;

const withoutVersions = {
  reason: 'undetermined',
  detail: 'the record names the product and no versions of it',
} as const;
const ofOtherKind = {
  reason: 'advisory_not_comparable',
  detail: 'of version and range one is a day, the other not',
} as const;

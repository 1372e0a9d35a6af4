import type { VersionRange } from '../advisories/advisory.ts';
import { hasNoBounds, type Statement } from './statements.ts';

/** The ranges of a record that can be compared with a version, and why others leave open whether it is affected. */
export interface TellingRanges {
  /** By their places in the statement; absent: all. */
  telling: readonly number[] | undefined;
  /** Null when none is left out that might hold the version. */
  open: { reason: 'undetermined' | 'advisory_not_comparable'; detail: string } | null;
}

/** What of a range decides which versions it tells of. */
export interface RangeTraits {
  hasBounds: boolean;
  /** Whether its bounds are days; null for both kinds. */
  isOfDays: boolean | null;
  /** The first number of a range that is a single version. */
  point: string | null;
}

/** What of a version decides which ranges tell of it. */
export interface VersionTraits {
  isDay: boolean;
  firstNumber: string | null;
}

export const traitsOf = (version: string): VersionTraits => ({
  isDay: DAY.test(version),
  firstNumber: firstNumber(version),
});

/**
 * Records of products name some versions in ways that no order knows. A product without versions is a mention and no
 * statement about all of them, and of a day and a number none is the newer.
 */
export function tellingRanges(statement: Statement, version: VersionTraits): TellingRanges {
  if (statement.traits === undefined) statement.traits = traitsOfRanges(statement.affected.ranges);
  const { traits } = statement;
  if (traits === null && !version.isDay) return all;
  const telling: number[] = [];
  let open: TellingRanges['open'] = null;
  for (const [at, range] of (traits ?? statement.affected.ranges.map(rangeTraits)).entries()) {
    if (isOtherPoint(range, version)) continue;
    if (tells(range, version)) telling.push(at);
    else if (open !== withoutVersions) open = range.hasBounds ? ofOtherKind : withoutVersions;
  }
  return telling.length === statement.affected.ranges.length ? all : { telling, open };
}

const all: TellingRanges = { telling: undefined, open: null };

/** Null where every version that is no day may be compared with every range. */
function traitsOfRanges(ranges: readonly VersionRange[]): RangeTraits[] | null {
  const traits = ranges.map(rangeTraits);
  const isPlain = traits.every(({ hasBounds, isOfDays, point }) => hasBounds && isOfDays === false && point === null);
  return isPlain ? null : traits;
}

function rangeTraits(range: VersionRange): RangeTraits {
  const { introduced, after, fixed, lastAffected } = range;
  if (hasNoBounds(range)) return unbounded;
  const isPoint = introduced !== undefined && introduced === lastAffected;
  return {
    hasBounds: true,
    isOfDays: kindOf([introduced, after, fixed, lastAffected]),
    point: isPoint ? firstNumber(introduced) : null,
  };
}

const unbounded: RangeTraits = { hasBounds: false, isOfDays: false, point: null };

function kindOf(bounds: readonly (string | undefined)[]): boolean | null {
  let kind: boolean | null = null;
  for (const bound of bounds) {
    if (bound === undefined) continue;
    const isDay = DAY.test(bound);
    if (kind !== null && kind !== isDay) return null;
    kind = isDay;
  }
  return kind;
}

/** A year is more than any number that programs have reached. */
const tells = ({ hasBounds, isOfDays }: RangeTraits, { isDay }: VersionTraits) => hasBounds && isOfDays === isDay;
const DAY = /^(?:release\.)?(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?[0-3]\d(?!\d)/i;

/** One release of another first number, however oddly the rest of it is written (2.0_.1). */
const isOtherPoint = ({ point }: RangeTraits, { firstNumber: own }: VersionTraits) =>
  point !== null && own !== null && point !== own;

const firstNumber = (text: string) => /^v?0*(\d+)/.exec(text)?.[1] ?? null;

const withoutVersions = {
  reason: 'undetermined',
  detail: 'the record names the product and no versions of it',
} as const;
const ofOtherKind = {
  reason: 'advisory_not_comparable',
  detail: 'of version and range one is a day, the other not',
} as const;

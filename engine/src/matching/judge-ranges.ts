import type { VersionRange } from '../advisories/advisory.ts';
import { isUnparsable } from '../versions/scheme.ts';
import { schemes } from '../versions/schemes.ts';
import type { Statement } from './statements.ts';

/** Where a version stands to the ranges of an advisory, and the range that decided. */
export interface Standing {
  standing: 'inside' | 'outside' | 'version_not_comparable' | 'advisory_not_comparable';
  range: VersionRange | null;
  /** Why it cannot be compared. */
  detail: string;
}

/**
 * Any range that holds the version decides. Without one, a range that cannot be read leaves the answer open: the version
 * might lie in it. One readable bound that excludes the version is enough, whatever the others say.
 * @param counting the ranges that count, by their places in the statement; absent: all
 */
export function judgeRanges(version: string, statement: Statement, counting?: readonly number[]): Standing {
  const { whole, places, unreadable, order } = statement;
  const { ranges } = statement.affected;
  // What is affected in all versions needs no order.
  if (whole && !counting) return { standing: 'inside', range: whole, detail: '' };
  const place = order.placeIn(version);
  const first = ranges[counting ? (counting[0] ?? -1) : 0] ?? null;
  if (isUnparsable(place)) {
    return { standing: 'version_not_comparable', range: first, detail: `${version}: ${place.problem}` };
  }
  let open: VersionRange | null = null;
  const count = counting ? counting.length : ranges.length;
  for (let i = 0; i < count; i++) {
    const at = counting ? (counting[i] as number) : i;
    if (place < (places[2 * at] as number) || place >= (places[2 * at + 1] as number)) continue;
    const range = ranges[at] as VersionRange;
    if (!unreadable?.has(at)) return { standing: 'inside', range, detail: '' };
    open ??= range;
  }
  if (open === null) return { standing: 'outside', range: first, detail: '' };
  return { standing: 'advisory_not_comparable', range: open, detail: whatIsOdd(open, statement) };
}

function whatIsOdd({ introduced, after, fixed, lastAffected }: VersionRange, { order }: Statement): string {
  for (const bound of [introduced, after, fixed, lastAffected]) {
    const parsed = bound ? schemes[order.scheme].parse(bound) : null;
    if (isUnparsable(parsed)) return `${bound}: ${parsed.problem}`;
  }
  return '';
}

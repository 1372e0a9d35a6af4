import type { Affected, VersionRange } from '../advisories/advisory.ts';
import { isUnparsable, type VersionScheme } from '../versions/scheme.ts';
import { schemes } from '../versions/schemes.ts';

/** Where a version stands to the ranges of an advisory, and the range that decided. */
export type Standing =
  | { standing: 'inside'; range: VersionRange }
  | { standing: 'outside'; range: VersionRange | null }
  | { standing: 'version_not_comparable' | 'advisory_not_comparable'; range: VersionRange | null; detail: string };

/**
 * Any range that holds the version decides. Without one, a range that cannot be read leaves the answer open: the version
 * might lie in it.
 */
export function judgeRanges(version: string, { scheme: name, ranges }: Affected): Standing {
  const scheme: VersionScheme = schemes[name];
  const parsed = scheme.parse(version);
  // What is affected in all versions needs no order.
  const whole = ranges.find((range) => !range.introduced && !range.after && !range.fixed && !range.lastAffected);
  if (whole) return { standing: 'inside', range: whole };
  if (isUnparsable(parsed)) {
    return { standing: 'version_not_comparable', range: ranges[0] ?? null, detail: `${version}: ${parsed.problem}` };
  }
  let open: Standing | null = null;
  for (const range of ranges) {
    const place = placeIn(range, (bound) => orderTo(scheme, parsed, bound));
    if (place === true) return { standing: 'inside', range };
    if (place !== false) open ??= { standing: 'advisory_not_comparable', range, detail: place };
  }
  return open ?? { standing: 'outside', range: ranges[0] ?? null };
}

/** Whether the version lies in the range, or what is wrong with the bound that would have told. */
function placeIn(range: VersionRange, orderTo: (bound: string) => number | string): boolean | string {
  const problems: string[] = [];
  const isOut = (bound: string | undefined, excludes: (order: number) => boolean): boolean => {
    if (bound === undefined || bound === '') return false;
    const order = orderTo(bound);
    if (typeof order === 'number') return excludes(order);
    problems.push(order);
    return false;
  };
  // One readable bound that excludes the version is enough, whatever the others say.
  if (isOut(range.introduced, (order) => order < 0)) return false;
  if (isOut(range.after, (order) => order <= 0)) return false;
  if (isOut(range.fixed, (order) => order >= 0)) return false;
  if (isOut(range.lastAffected, (order) => order > 0)) return false;
  return problems[0] ?? true;
}

function orderTo(scheme: VersionScheme, parsed: unknown, bound: string): number | string {
  const other = scheme.parse(bound);
  return isUnparsable(other) ? `${bound}: ${other.problem}` : scheme.compare(parsed, other);
}

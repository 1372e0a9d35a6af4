import type { Affected, VersionRange } from '../advisories/advisory.ts';
import { parseBound, parseVersion } from '../versions/parse-version.ts';
import { isUnparsable, type VersionScheme } from '../versions/scheme.ts';
import { type SchemeName, schemes } from '../versions/schemes.ts';

/** Where a version stands to the ranges of an advisory, and the range that decided. */
export type Standing =
  | { standing: 'inside'; range: VersionRange }
  | { standing: 'outside'; range: VersionRange | null }
  | { standing: 'version_not_comparable' | 'advisory_not_comparable'; range: VersionRange | null; detail: string };

/**
 * Any range that holds the version decides. Without one, a range that cannot be read leaves the answer open: the version
 * might lie in it.
 */
export function judgeRanges(version: string, { scheme, ranges }: Affected): Standing {
  const parsed = parseVersion(scheme, version);
  // What is affected in all versions needs no order.
  const whole = ranges.find((range) => !range.introduced && !range.after && !range.fixed && !range.lastAffected);
  if (whole) return { standing: 'inside', range: whole };
  if (isUnparsable(parsed)) {
    return { standing: 'version_not_comparable', range: ranges[0] ?? null, detail: `${version}: ${parsed.problem}` };
  }
  let open: Standing | null = null;
  for (const range of ranges) {
    const place = placeIn(range, scheme, parsed);
    if (place === true) return { standing: 'inside', range };
    if (place !== false) open ??= { standing: 'advisory_not_comparable', range, detail: place };
  }
  return open ?? { standing: 'outside', range: ranges[0] ?? null };
}

/** Whether the version lies in the range, or what is wrong with the first bound that would have told. */
function placeIn(range: VersionRange, scheme: SchemeName, parsed: unknown): boolean | string {
  const { introduced, after, fixed, lastAffected } = range;
  // One readable bound that excludes the version is enough, whatever the others say.
  const fromStart = introduced ? orderTo(introduced, scheme, parsed) : 0;
  if (typeof fromStart === 'number' && fromStart < 0) return false;
  const fromAfter = after ? orderTo(after, scheme, parsed) : 1;
  if (typeof fromAfter === 'number' && fromAfter <= 0) return false;
  const fromFix = fixed ? orderTo(fixed, scheme, parsed) : -1;
  if (typeof fromFix === 'number' && fromFix >= 0) return false;
  const fromEnd = lastAffected ? orderTo(lastAffected, scheme, parsed) : 0;
  if (typeof fromEnd === 'number' && fromEnd > 0) return false;
  return [fromStart, fromAfter, fromFix, fromEnd].find((order) => typeof order === 'string') ?? true;
}

function orderTo(bound: string, scheme: SchemeName, parsed: unknown): number | string {
  const other = parseBound(scheme, bound);
  return isUnparsable(other) ? `${bound}: ${other.problem}` : (schemes[scheme] as VersionScheme).compare(parsed, other);
}

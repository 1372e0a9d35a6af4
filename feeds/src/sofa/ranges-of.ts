import type { VersionRange } from '@flotilla/engine/advisories/advisory';
import { compareVersions } from '@flotilla/engine/versions/compare-versions';

/** A release that fixes something. */
export interface Release {
  version: string;
  major: number;
}

/**
 * The versions that a vulnerability is in, from the releases that fix it.
 *
 * - A major version is affected before its own fix.
 * - One that came after the newest fix has it from the start.
 * - An older one without a fix of its own is affected in all versions, until the next one that has it, be it still supported
 *   or not. That is a policy and no finding: Apple names only releases that fix, and says that the newest major version alone
 *   gets every fix (https://support.apple.com/guide/deployment/depc4c80847a/web). NVD's ranges say the same.
 *
 * @param majors every major version of the system, in ascending order
 */
export function rangesOf(releases: readonly Release[], majors: readonly number[]): VersionRange[] {
  const fixes = new Map<number, string>();
  for (const { major, version } of releases) {
    const known = fixes.get(major);
    if (known === undefined || isOlder(version, known)) fixes.set(major, version);
  }
  const ranges: VersionRange[] = [];
  let from: string | undefined;
  for (const [major, fixed] of [...fixes].sort(([a], [b]) => a - b)) {
    if (from === undefined) ranges.push({ fixed });
    else if (isOlder(from, fixed)) ranges.push({ introduced: from, fixed });
    from = String(majors.find((next) => next > major) ?? major + 1);
  }
  return ranges;
}

function isOlder(a: string, b: string): boolean {
  const order = compareVersions('apple', a, b);
  return typeof order === 'number' && order < 0;
}

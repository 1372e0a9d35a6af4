import type { VersionRange } from '@flotilla/engine/advisories/advisory';
import { compareVersions } from '@flotilla/engine/versions/compare-versions';

/** A release that fixes something. */
export interface Release {
  version: string;
  major: number;
  /** ISO 8601 */
  date: string;
}

export interface SupportPolicy {
  supportedMajors: number;
  /** The date of the first release of each major version. */
  majors: Map<number, string>;
}

/**
 * The versions that a vulnerability is in, from the releases that fix it.
 *
 * - A major version is affected before its own fix.
 * - One that came after the newest fix has it from the start.
 * - One that got fixes at the time, but not this one, is taken not to have the flaw.
 * - One that got no fixes any more is taken to have it for good. Nobody looks there, so this is a policy and no finding: Apple
 *   says that only the newest version gets every fix (https://support.apple.com/guide/deployment/depc4c80847a/web).
 */
export function rangesOf(releases: readonly Release[], { supportedMajors, majors }: SupportPolicy): VersionRange[] {
  const fixes = new Map<number, string>();
  for (const { major, version } of releases) {
    const known = fixes.get(major);
    if (known === undefined || isOlder(version, known)) fixes.set(major, version);
  }
  const first = releases.map(({ date }) => date).sort()[0] ?? '';
  const released = [...majors.keys()].filter((major) => (majors.get(major) ?? '') <= first || fixes.has(major));
  const oldestSupported =
    released
      .sort((a, b) => b - a)
      .slice(0, supportedMajors)
      .at(-1) ?? 0;
  const fixed = [...fixes.keys()].sort((a, b) => a - b);
  const oldestFixed = fixed[0] ?? 0;
  const ranges: VersionRange[] = [];
  if (oldestSupported < oldestFixed) ranges.push({ fixed: String(oldestSupported) });
  for (const major of fixed) {
    const fix = String(fixes.get(major));
    const isFromTheStart = !isOlder(String(major), fix);
    // Older ones than the oldest with a fix get none any more: they are in its range.
    if (major === oldestFixed && oldestSupported >= oldestFixed) ranges.push({ fixed: fix });
    else if (!isFromTheStart) ranges.push({ introduced: String(major), fixed: fix });
  }
  return ranges;
}

function isOlder(a: string, b: string): boolean {
  const order = compareVersions('apple', a, b);
  return typeof order === 'number' && order < 0;
}

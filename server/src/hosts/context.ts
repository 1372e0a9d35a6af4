import type { Row } from '../kernel/host-queries.ts';

/** A distribution release, as far as advisories tell releases apart. */
export interface DistributionContext {
  key: string;
  family: string;
  release: string;
  codename: string;
}

/** Families whose advisories speak of major versions only; all others name major and minor. */
const MAJOR_ONLY = new Set(['debian', 'rhel', 'centos', 'almalinux', 'rocky', 'ol', 'fedora', 'amzn']);
const NOT_DISTRIBUTIONS = new Set(['darwin', 'windows', 'chrome', '']);

/**
 * The context of a host from its row of osquery's `os_version`: `debian-12`, `ubuntu-22.04`, `almalinux-9`.
 * A release without a number is known by its code name, else it is `rolling`.
 * @returns null where software does not depend on a distribution
 */
export function contextOf(osVersion: Row): DistributionContext | null {
  const family = osVersion.platform ?? '';
  if (NOT_DISTRIBUTIONS.has(family)) return null;
  const codename = osVersion.codename ?? '';
  const release = releaseNumber(family, osVersion.version ?? '') ?? (codename || 'rolling');
  return { key: `${family}-${release}`, family, release, codename };
}

/** From the text: osquery's number columns turn Ubuntu's 22.04 into 22 and 4. */
function releaseNumber(family: string, version: string): string | null {
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (major === undefined) return null;
  return MAJOR_ONLY.has(family) || minor === undefined ? major : `${major}.${minor}`;
}

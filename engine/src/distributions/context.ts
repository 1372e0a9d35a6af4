import { parentOf } from './derived-distributions.ts';

/** A distribution release, as far as advisories tell releases apart. */
export interface DistributionContext {
  key: string;
  family: string;
  release: string;
  codename: string;
  /** `pro` where the release gets fixes that others of it do not. */
  channel: string;
  /** The distribution itself, when it is made from the one whose advisories speak for it. */
  derivedKey?: string;
}

/** Families whose advisories speak of major versions only; all others name major and minor. */
const MAJOR_ONLY = new Set(['debian', 'rhel', 'centos', 'centos-stream', 'almalinux', 'rocky', 'ol', 'fedora', 'amzn']);
/** Their version is the day of a snapshot. */
const ROLLING = new Set(['arch', 'opensuse-tumbleweed']);
const NOT_DISTRIBUTIONS = new Set(['darwin', 'windows', 'chrome', '']);

/**
 * The context of a host from its row of osquery's `os_version`: `debian-12`, `ubuntu-22.04`, `almalinux-9`. A distribution
 * made from another has the context of that one. A release without a number is known by its code name, else it is `rolling`.
 * @returns null where software does not depend on a distribution
 */
export function contextOf(
  osVersion: Record<string, string>,
  { hasUbuntuPro = false } = {},
): DistributionContext | null {
  const own = release(osVersion);
  if (NOT_DISTRIBUTIONS.has(own.family)) return null;
  const parent = parentOf(own, osVersion.name ?? '');
  const { family, release: number, codename } = parent ?? own;
  const channel = family === 'ubuntu' && hasUbuntuPro ? 'pro' : '';
  return {
    key: [family, number, channel].filter(Boolean).join('-'),
    family,
    release: number,
    codename,
    channel,
    ...(parent && { derivedKey: `${own.family}-${own.release}` }),
  };
}

export type Release = Pick<DistributionContext, 'family' | 'release' | 'codename'>;

function release({ platform = '', name = '', version = '', codename = '' }: Record<string, string>): Release {
  const family = platform === 'centos' && /stream/i.test(name) ? 'centos-stream' : platform;
  if (ROLLING.has(family)) return { family, release: 'rolling', codename: '' };
  return { family, release: releaseNumber(family, version) ?? (codename || 'rolling'), codename };
}

/** From the text: osquery's number columns turn Ubuntu's 22.04 into 22 and 4. */
function releaseNumber(family: string, version: string): string | null {
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (major === undefined) return null;
  return MAJOR_ONLY.has(family) || minor === undefined ? major : `${major}.${minor}`;
}

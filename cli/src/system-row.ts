import { contextOf, type DistributionContext } from '@flotilla/engine/distributions/context';

/** Families by the names that their systems give themselves (NAME and PRETTY_NAME of os-release), the longer first. */
const families: readonly [RegExp, string][] = [
  [/^centos/i, 'centos'],
  [/^alma/i, 'almalinux'],
  [/^rocky/i, 'rocky'],
  [/^(?:red hat|rhel)/i, 'rhel'],
  [/^oracle linux/i, 'ol'],
  [/^amazon/i, 'amzn'],
  [/^fedora/i, 'fedora'],
  [/^opensuse leap/i, 'opensuse-leap'],
  [/tumbleweed/i, 'opensuse-tumbleweed'],
  [/^(?:suse linux enterprise|sles)/i, 'sles'],
  [/^debian/i, 'debian'],
  [/^ubuntu/i, 'ubuntu'],
  [/^alpine/i, 'alpine'],
  [/^arch/i, 'arch'],
  [/^(?:linux mint|lmde)/i, 'linuxmint'],
  [/^(?:mac ?os|os x|darwin)/i, 'darwin'],
  [/^(?:microsoft )?windows/i, 'windows'],
];

/**
 * The distribution release of a system, from what describes it: its name says more than a platform that stands for a whole
 * family, and may hold the version.
 * @returns null for systems without distributions, and for what is no description; an error for what is none
 */
export function systemOf(os: unknown): DistributionContext | null | { error: string } {
  if (os === undefined || os === null) return null;
  if (typeof os !== 'object' || Array.isArray(os)) return { error: 'os must be an object' };
  const { platform = '', name = '', version = '' } = os as Record<string, unknown>;
  if (typeof platform !== 'string' || typeof name !== 'string' || typeof version !== 'string') {
    return { error: 'platform, name and version of os must be texts' };
  }
  const family = families.find(([pattern]) => pattern.test(name))?.[1] ?? platform.toLowerCase();
  const number = /\d.*/.exec(version) ?? /\d.*/.exec(name);
  const codename = /\(([^)]+)\)/.exec(version)?.[1] ?? '';
  return contextOf({ platform: family, name, version: number?.[0] ?? '', codename });
}

import { isWindowsRelease, releaseOfBuild } from './windows-releases.ts';

/** What updates of Windows are made for: a release on an architecture. */
export interface WindowsProduct {
  /** `windows_10_22h2` */
  release: string;
  /** `x64`, `x86`, `arm64` */
  arch: string;
}

/** What advisories about a product are looked up by: `msrc:windows_10_22h2:x64`. */
export const windowsKey = ({ release, arch }: WindowsProduct): string => `msrc:${release}:${arch}`;

/**
 * The product of a host's operating system, named `Windows 11 23H2` or `Windows Server 2022 21H2`. Releases before 20H2 do
 * not name themselves; their build does.
 * @returns null for what is no release known here
 */
export function windowsProduct(name: string, version: string, arch: string): WindowsProduct | null {
  const release = releaseOf(name, version);
  return release && /^(?:x64|x86|arm64)$/.test(arch) ? { release, arch } : null;
}

function releaseOf(name: string, version: string): string | null {
  const build = Number(version.split('.')[2]);
  const isServer = name.includes('Server');
  const [, year] = /^Windows Server (20\d\d(?: R2)?)\b/.exec(name) ?? [];
  const [, family, display] = /^Windows (10|11)(?: (\d\dH\d|\d{4}))?$/.exec(name) ?? [];
  const named = isServer ? year && `windows_server_${year}` : family && display && `windows_${family}_${display}`;
  const slug = named ? named.replace(' ', '_').toLowerCase() : '';
  return isWindowsRelease(slug) ? slug : releaseOfBuild(build, isServer);
}

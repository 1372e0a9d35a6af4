/** A release of Windows that updates are made for: `windows_11_23h2`. */
interface WindowsRelease {
  name: string;
  /** The third number of its versions: 10.0.22631.2861. */
  build: number;
  isServer: boolean;
}

const client = (name: string, build: number): WindowsRelease => ({ name, build, isServer: false });
const server = (name: string, build: number): WindowsRelease => ({ name, build, isServer: true });

/**
 * Builds of releases, newest first.
 * https://learn.microsoft.com/windows/release-health/release-information and its pages on Windows 11 and Server, 2026-11-24
 */
const releases: readonly WindowsRelease[] = [
  client('windows_11_26h1', 28000),
  client('windows_11_25h2', 26200),
  client('windows_11_24h2', 26100),
  client('windows_11_23h2', 22631),
  client('windows_11_22h2', 22621),
  client('windows_11_21h2', 22000),
  client('windows_10_22h2', 19045),
  client('windows_10_21h2', 19044),
  client('windows_10_21h1', 19043),
  client('windows_10_20h2', 19042),
  client('windows_10_2004', 19041),
  client('windows_10_1909', 18363),
  client('windows_10_1903', 18362),
  client('windows_10_1809', 17763),
  client('windows_10_1803', 17134),
  client('windows_10_1709', 16299),
  client('windows_10_1703', 15063),
  client('windows_10_1607', 14393),
  client('windows_10_1511', 10586),
  client('windows_10_1507', 10240),
  client('windows_8.1', 9600),
  client('windows_7', 7601),
  server('windows_server_2025', 26100),
  server('windows_server_23h2', 25398),
  server('windows_server_2022', 20348),
  server('windows_server_20h2', 19042),
  server('windows_server_2019', 17763),
  server('windows_server_2016', 14393),
  server('windows_server_2012_r2', 9600),
  server('windows_server_2012', 9200),
  server('windows_server_2008_r2', 7601),
  server('windows_server_2008', 6003),
];

/**
 * Releases that share their files, so that an update gives each the same revision, and files of one carry the build of
 * another: Windows 10 22H2 may report 10.0.19041.
 */
const sharedBuilds: readonly (readonly number[])[] = [
  [18362, 18363],
  [19041, 19042, 19043, 19044, 19045],
  [22621, 22631],
  [26100, 26200],
];

const byName = new Map(releases.map((release) => [release.name, release]));

/** Whether there is such a release here. */
export const isWindowsRelease = (name: string): boolean => byName.has(name);

/** The release a build number belongs to; the newest where a client has several. */
export function releaseOfBuild(build: number, isServer: boolean): string | null {
  return releases.find((release) => release.build === build && release.isServer === isServer)?.name ?? null;
}

/**
 * A version as the release itself would write it, so that those of releases that share their files can be compared.
 * @returns null for a version of a release that shares nothing with it: its number says nothing about this one
 */
export function versionInRelease(version: string, release: string): string | null {
  const own = byName.get(release)?.build;
  const [major, minor, build, ...revision] = version.split('.');
  if (own === undefined || build === undefined || revision.length === 0) return null;
  const isOwn = Number(build) === own;
  const isShared = sharedBuilds.some((builds) => builds.includes(own) && builds.includes(Number(build)));
  return isOwn || isShared ? [major, minor, own, ...revision].join('.') : null;
}

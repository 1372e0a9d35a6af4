import type { Platform } from '../advisories/advisory.ts';
import { type Standing, together } from './judge-variant.ts';

/** The program that the extensions of a source run in. */
const programs: Record<string, readonly string[]> = {
  chrome_extensions: ['cpe:a:google:chrome'],
  firefox_addons: ['cpe:a:mozilla:firefox'],
  safari_extensions: ['cpe:a:apple:safari'],
  vscode_extensions: ['cpe:a:microsoft:visual_studio_code'],
  ie_extensions: ['cpe:a:microsoft:internet_explorer', 'cpe:a:microsoft:ie'],
};

/** Systems of the sources that only one system has. */
const macos = /^cpe:o:apple:(?:mac_os_x|macos|mac_os|macos_x)$/;
const windows = /^cpe:o:microsoft:windows$/;
const someWindows = /^cpe:o:microsoft:windows_(?!phone|mobile|ce|rt)/;
const systems: Record<string, { own: RegExp; maybe: RegExp }> = {
  apps: { own: macos, maybe: macos },
  homebrew_packages: { own: macos, maybe: macos },
  pkg_packages: { own: macos, maybe: macos },
  programs: { own: windows, maybe: someWindows },
  chocolatey_packages: { own: windows, maybe: someWindows },
  ps1_packages: { own: windows, maybe: someWindows },
  ios_apps: { own: /^cpe:o:apple:(?:iphone_os|ios)$/, maybe: /^cpe:o:apple:(?:iphone_os|ios)$/ },
  ipados_apps: { own: /^cpe:o:apple:(?:ipados|ipad_os)$/, maybe: /^cpe:o:apple:(?:ipados|ipad_os)$/ },
  android_apps: { own: /^cpe:o:google:android$/, maybe: /^cpe:o:google:android$/ },
};

/**
 * Whether a software runs on what an advisory names: each group must hold, and holds when any of its platforms is there.
 * A software tells the kind of its system and no more: of other products beside it, hardware and versions of the system
 * nobody can tell.
 */
export function judgePlatforms({ source, ownKeys }: Runner, groups: readonly (readonly Platform[])[]): Standing {
  const judge = (platform: Platform) => (ownKeys.has(platform.key) ? 'holds' : judgePlatform(source, platform));
  return together(groups.map((group) => best(group.map(judge))));
}

/** What runs: a software of a source, under all its own names, which records give as beside each other. */
export interface Runner {
  source: string;
  ownKeys: ReadonlySet<string>;
}

function best(standings: readonly Standing[]): Standing {
  if (standings.includes('holds')) return 'holds';
  return standings.includes('open') ? 'open' : 'fails';
}

function judgePlatform(source: string, { key, ranges, variant }: Platform): Standing {
  const isWhole = variant === undefined && ranges.every(({ introduced }) => introduced === '-');
  if (programs[source]?.includes(key)) return isWhole ? 'holds' : 'open';
  const system = systems[source];
  if (!key.startsWith('cpe:o:') || !system) return 'open';
  if (system.own.test(key)) return isWhole ? 'holds' : 'open';
  return system.maybe.test(key) ? 'open' : 'fails';
}

import { type WindowsProduct, windowsKey } from '@flotilla/engine/matching/windows-product';
import { isWindowsRelease, versionInRelease } from '@flotilla/engine/matching/windows-releases';
import type { SchemeName } from '@flotilla/engine/versions/schemes';

/** What statements about a product of Microsoft are looked up by. */
export interface MicrosoftProduct {
  key: string;
  scheme: SchemeName;
  isSystem: boolean;
  /** A build of it that has a fix, as it is compared; null for what is none of this product. */
  fixedBuild: (text: string) => string | null;
}

/**
 * The product that Microsoft calls so: `Windows 10 Version 22H2 for x64-based Systems`. Of a server without a desktop nothing
 * is known here but that it has fewer parts: what is said of the whole one is what counts.
 * @returns null for products that no host's software is looked up as
 */
export function productOf(name: string): MicrosoftProduct | null {
  const program = programs.get(name);
  if (program) return program;
  const plain = name.replace(/\s+/g, ' ').trim().toLowerCase();
  const system = clientOf(plain) ?? serverOf(plain);
  if (!system || !isWindowsRelease(system.release)) return null;
  const fixedBuild = (text: string) => versionInRelease(text.trim(), system.release);
  return { key: windowsKey(system), scheme: 'windows', isSystem: true, fixedBuild };
}

const program = (key: string, scheme: SchemeName, form: RegExp): MicrosoftProduct => ({
  ...{ key, scheme, isSystem: false },
  fixedBuild: (text) => (form.test(text) ? text : null),
});

/**
 * Programs whose builds are the versions that hosts report. Visual Studio's are not (17.8.13 is installed as 17.8.35604), nor
 * those of Office, whose fixes come by date and channel, SQL Server, whose programs never change their version, and .NET.
 */
const programs: ReadonlyMap<string, MicrosoftProduct> = new Map([
  ['Microsoft Edge (Chromium-based)', program('cpe:a:microsoft:edge_chromium', 'chrome', /^\d+\.\d+\.\d+\.\d+$/)],
  ['Visual Studio Code', program('cpe:a:microsoft:visual_studio_code', 'generic', /^1\.\d+\.\d+$/)],
]);

const architectures: Readonly<Record<string, string>> = {
  '32-bit': 'x86',
  'x64-based': 'x64',
  'arm64-based': 'arm64',
  arm: 'arm64',
};

/** Releases that Microsoft calls by the family alone. */
const firstReleases: Readonly<Record<string, string>> = { 10: '1507', 11: '21h2' };

const client =
  /^windows (7|8\.1|10|11)(?: version (\w+))? for (32-bit|x64-based|arm64-based|arm) systems(?: service pack 1)?$/;

function clientOf(name: string): WindowsProduct | null {
  const match = client.exec(name);
  if (!match) return null;
  const [, family = '', release = firstReleases[family], arch = ''] = match;
  return { release: ['windows', family, release].filter(Boolean).join('_'), arch: architectures[arch] ?? '' };
}

const server = /^windows server (\d{4})( r2)?(?: for (x64-based|32-bit) systems service pack \d)?$/;
/** These have no desktop at all. */
const coreOnly = /^windows server(?: 2022)?, (?:version )?(\d\dh\d)(?: edition)? \(server core installation\)$/;

function serverOf(name: string): WindowsProduct | null {
  const [, year, r2, arch] = server.exec(name) ?? [];
  if (year) return { release: `windows_server_${year}${r2 ? '_r2' : ''}`, arch: arch === '32-bit' ? 'x86' : 'x64' };
  const [, release] = coreOnly.exec(name) ?? [];
  return release ? { release: `windows_server_${release}`, arch: 'x64' } : null;
}

import { apk } from './apk.ts';
import { apple } from './apple.ts';
import { chrome } from './chrome.ts';
import { date } from './date.ts';
import { dpkg } from './dpkg.ts';
import { generic } from './generic.ts';
import { go } from './go.ts';
import { homebrew } from './homebrew.ts';
import { maven } from './maven.ts';
import { npm } from './npm.ts';
import { nuget } from './nuget.ts';
import { packagist } from './packagist.ts';
import { pacman } from './pacman.ts';
import { pep440 } from './pep440.ts';
import { portage } from './portage.ts';
import { rpm } from './rpm.ts';
import { rubygems } from './rubygems.ts';
import type { VersionScheme } from './scheme.ts';
import { semver } from './semver.ts';
import { windows } from './windows.ts';

/** Every version scheme; a new one is a line here. */
export const schemes = {
  dpkg,
  rpm,
  apk,
  pacman,
  portage,
  windows,
  apple,
  generic,
  chrome,
  homebrew,
  date,
  semver,
  pep440,
  npm,
  go,
  maven,
  nuget,
  rubygems,
  packagist,
} satisfies Record<string, VersionScheme>;

export type SchemeName = keyof typeof schemes;

export const schemeNames = Object.keys(schemes) as SchemeName[];

export const isSchemeName = (name: string): name is SchemeName => Object.hasOwn(schemes, name);

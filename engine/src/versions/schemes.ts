import { apk } from './apk.ts';
import { apple } from './apple.ts';
import { chrome } from './chrome.ts';
import { date } from './date.ts';
import { dpkg } from './dpkg.ts';
import { generic } from './generic.ts';
import { homebrew } from './homebrew.ts';
import { pacman } from './pacman.ts';
import { portage } from './portage.ts';
import { rpm } from './rpm.ts';
import type { VersionScheme } from './scheme.ts';
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
} satisfies Record<string, VersionScheme>;

export type SchemeName = keyof typeof schemes;

export const schemeNames = Object.keys(schemes) as SchemeName[];

export const isSchemeName = (name: string): name is SchemeName => Object.hasOwn(schemes, name);

import { compareVersions } from '@flotilla/engine/versions/compare-versions';
import { comparePackageVersions } from '../installation/index.ts';

interface Versioned {
  version: string;
}

/** Whether a package is newer than what is installed; what cannot be compared is not known to be older. */
export const isOlder = (installed: Versioned, of: Versioned): boolean =>
  compareVersions('dpkg', installed.version, of.version) === -1;

/** Newest first; of equal ones the first stays the first. */
export const newestFirst = <T extends Versioned>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => comparePackageVersions(b, a));

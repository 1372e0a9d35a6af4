import type { CpeCandidate } from '../identity/cpe-candidate.ts';

/** What is judged: the fields of an inventory's software that say what it is, and where it comes from. Empty: not reported. */
export interface SoftwareIdentity {
  kind: 'normal' | 'kernel' | 'os' | 'patch';
  /** The table of the inventory it was found in, as `deb_packages`. */
  source: string;
  name: string;
  version: string;
  arch: string;
  vendor: string;
  bundleIdentifier: string;
  upgradeCode: string;
  extensionId: string;
  /** The program an extension belongs to: `chrome`. */
  extensionFor: string;
  /** Of the package, as rpm has it. */
  release: string;
  /** Stream of a module of the RHEL family. */
  module: string;
  /** The package it was built from and that package's version; empty, or as the software's own, where not reported. */
  sourcePackage: string;
  sourceVersion: string;
  /** The distribution release, as `debian-12`; empty for what belongs to none. */
  context: string;
  /** Of an operating system: the patches installed on it; null where nobody asked. */
  patches: readonly string[] | null;
  /** What vulnerability data call it, where whoever lists it says so: then no name is looked for. */
  cpes?: readonly CpeCandidate[];
}

/** An identity of which only some fields are known. */
export const softwareIdentity = (
  known: Pick<SoftwareIdentity, 'source' | 'name' | 'version'> & Partial<SoftwareIdentity>,
): SoftwareIdentity => ({ ...unknown, ...known });

const unknown = {
  kind: 'normal',
  arch: '',
  vendor: '',
  bundleIdentifier: '',
  upgradeCode: '',
  extensionId: '',
  extensionFor: '',
  release: '',
  module: '',
  sourcePackage: '',
  sourceVersion: '',
  context: '',
  patches: null,
} as const;

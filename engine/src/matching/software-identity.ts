/** What is judged: the fields of an inventory's software that say what it is, and where it comes from. */
export interface SoftwareIdentity {
  kind: 'normal' | 'kernel' | 'os' | 'patch';
  /** The table of the inventory it was found in, as `deb_packages`. */
  source: string;
  name: string;
  version: string;
  arch: string;
  /** The package it was built from and that package's version; empty, or as the software's own, where not reported. */
  sourcePackage: string;
  sourceVersion: string;
  /** The distribution release, as `debian-12`; empty for what belongs to none. */
  context: string;
}

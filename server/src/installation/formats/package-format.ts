/** What a package says of itself. Everything in it is foreign text, already checked to be what the format allows. */
export interface PackageMetadata {
  name: string;
  version: string;
  arch: string;
  /** As hosts of this kind call their platform family. */
  platform: 'linux';
  /** The inventory source under which it appears once it is installed. */
  source: 'deb_packages';
  sourcePackage: string;
  sourceVersion: string;
}

/** Why a file cannot be taken, in a sentence for whoever uploads it. */
export class BadPackage extends Error {}

/** A kind of file that can be installed: a file here, a fixture, and a line in the registry. */
export interface PackageFormat {
  /** Whether the file is of this kind, by its first bytes; what it is called does not matter. */
  recognise(head: Buffer): boolean;
  /**
   * Reads the whole file in bounded memory and time.
   * @throws BadPackage for what the program that installs it would refuse, or should
   */
  readMetadata(file: string): Promise<PackageMetadata>;
  /** Scripts for packages that bring none. Metadata reaches them as variables, never as text of theirs. */
  scripts: { install: string; uninstall: string };
}

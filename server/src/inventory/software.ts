import type { HostQuery, Platform, Row } from '../kernel/host-queries.ts';

export type SoftwareKind = 'normal' | 'kernel' | 'os' | 'patch';

/** One installed piece of software as a source reports it. What does not apply is the empty string. */
export interface Software {
  kind: SoftwareKind;
  source: string;
  name: string;
  version: string;
  vendor: string;
  arch: string;
  /** Release of the package (rpm), not of the distribution. */
  release: string;
  bundleIdentifier: string;
  extensionId: string;
  extensionFor: string;
  applicationId: string;
  upgradeCode: string;
  /** The package it was built from and that package's version: what distribution advisories speak of. */
  sourcePackage: string;
  sourceVersion: string;
  module: string;
  /** Of an operating system: the patches beside it, by their order: `KB5034441,KB5034765`; `none` where it has none. */
  patches: string;
  /** Where it is; not part of what it is. */
  installedPath: string;
}

/** A row that could not be understood. */
export interface RowProblem {
  problem: string;
}

/** One kind of software: a file in `sources/`, a fixture, and a line in the registry. */
export interface RowSource {
  /** What its software is called in the API. */
  source: string;
  /** The group of queries that succeeds or fails alone; its rows replace the part as a whole. */
  part: string;
  /** Name of the query that has the rows; software queries are `fleet_detail_query_software_<part>`. */
  queryName: string;
  platforms: readonly Platform[];
  /** Not every osquery has the table. One that lacks it reports nothing of it, which is no error. */
  optional?: true;
  /** `null` for a row that is understood but is no software. */
  toSoftware(row: Row): Software | RowProblem | null;
}

/** A table of osquery. Of systems without it another one delivers the rows as they are. */
export interface SoftwareSource extends RowSource {
  weight: HostQuery['weight'];
  /** The SQL, with the columns that `toSoftware` reads. */
  query: string;
}

/**
 * A query that corrects what the sources of its part report, as no single table knows it all. Asked and answered with them.
 * One that lacks its table, or is not answered, corrects nothing.
 */
export interface SoftwareCorrection {
  part: string;
  queryName: string;
  platforms: readonly Platform[];
  weight: HostQuery['weight'];
  query: string;
  correct(software: Software, rows: Row[]): Software;
}

const NONE: Software = {
  kind: 'normal',
  source: '',
  name: '',
  version: '',
  vendor: '',
  arch: '',
  release: '',
  bundleIdentifier: '',
  extensionId: '',
  extensionFor: '',
  applicationId: '',
  upgradeCode: '',
  sourcePackage: '',
  sourceVersion: '',
  module: '',
  patches: '',
  installedPath: '',
};

/** Rows above this are not kept: nothing real is called so. */
export const LONGEST_FIELD = 65_536;

/** Fills in what a source does not report, and refuses what cannot be software. Some tables write no path as `null`. */
export function software(fields: Partial<Software> & { source: string; name: string }): Software | RowProblem {
  const whole = { ...NONE, ...fields };
  if (whole.installedPath === 'null') whole.installedPath = '';
  if (whole.name === '') return { problem: 'no name' };
  for (const value of Object.values(whole))
    if (value.length > LONGEST_FIELD) return { problem: 'a value of over 64 KiB' };
  return whole;
}

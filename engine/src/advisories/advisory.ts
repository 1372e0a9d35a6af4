import type { SchemeName } from '../versions/schemes.ts';

/** One record of a feed in the form that all feeds are brought to. */
export interface Advisory {
  /** Name of the feed it came from. */
  feed: string;
  /** Unique in its feed and stable over its updates. */
  id: string;
  /** What it is about: CVE ids where there are any, else the record's own id. Never empty. */
  vulnerabilities: readonly string[];
  /** Other names of the same vulnerability. */
  aliases: readonly string[];
  /** Empty for records that only tell about a vulnerability, as lists of exploited ones do. */
  affected: readonly Affected[];
  severity?: SeverityInputs;
  exploitation?: Exploitation;
}

/** What an advisory says about one package in one place it comes from. */
export interface Affected {
  /** What software is looked up by: `deb:debian-12:openssl`. */
  key: string;
  scheme: SchemeName;
  statement: Statement;
  /** The version is affected when it lies in any of them. Read only where the statement is `ranges`. */
  ranges: readonly VersionRange[];
  remark?: Remark;
}

/**
 * `ranges`: the ranges tell. `not_affected`: whoever made the package says no version is. `undetermined`: they have not
 * found out yet.
 */
export type Statement = 'ranges' | 'not_affected' | 'undetermined';

/** Half open: from `introduced` (else the first version) to before `fixed`, or up to and with `lastAffected`. */
export interface VersionRange {
  introduced?: string;
  fixed?: string;
  lastAffected?: string;
}

/**
 * What the distribution adds about a fix. `unimportant`: no security matter in its builds. `end_of_life`: the package gets
 * no fixes in this release. `no_advisory`, `postponed`, `ignored`: fixed with no hurry, later, or not at all.
 */
export type Remark = 'unimportant' | 'end_of_life' | 'no_advisory' | 'postponed' | 'ignored';

/** What a severity is later computed from, as the record has it. */
export interface SeverityInputs {
  cvss2?: string;
  cvss3?: string;
  cvss4?: string;
  /** The rating of whoever made the record, in their words. */
  rating?: string;
  scope?: 'local' | 'remote';
}

/** The vulnerability is known to be used in attacks. Dates are `YYYY-MM-DD`. */
export interface Exploitation {
  since: string;
  due: string | null;
  inRansomware: boolean;
}

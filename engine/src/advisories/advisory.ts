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
  /** Empty for records that only tell about a vulnerability, as lists of exploited ones do, and for withdrawn ones. */
  affected: readonly Affected[];
  /** Computed from another upstream than the one it has the form of: what follows from it is less certain. */
  isDerived?: true;
  facts?: VulnerabilityFacts;
  severity?: SeverityInputs;
  exploitation?: Exploitation;
  likelihood?: Likelihood;
  ssvc?: Ssvc;
}

/** What a record tells about its vulnerabilities themselves. */
export interface VulnerabilityFacts {
  /** ISO 8601. */
  published?: string;
  description?: string;
  /** Whoever assigned the id took it back: nothing is to be found under it. */
  isRejected?: true;
  /** Its maker, or another, denies that it is a vulnerability. */
  isDisputed?: true;
}

/** What an advisory says about one package in one place it comes from. */
export interface Affected {
  /** What software is looked up by: `deb:debian-12:openssl`. */
  key: string;
  scheme: SchemeName;
  statement: Statement;
  /** The version is affected when it lies in any of them. Read only where the statement is `ranges`. */
  ranges: readonly VersionRange[];
  /** Patches of which any one ends it, whatever the version says: `KB5034441`. */
  endedBy?: readonly string[];
  only?: Restriction;
  remark?: Remark;
}

/** What else must be so for software to be affected; each member that is there must hold. */
export interface Restriction {
  /** What the software must be a variant of. */
  variant?: CpeVariant;
  /** Stream of a module of the RHEL family: `nodejs:18`. */
  module?: string;
  /** Each group must hold on the host, and holds when any of its platforms is there. */
  runningOn?: readonly (readonly Platform[])[];
}

/** Attributes of a CPE 2.3 name after its version, unescaped, in lower case; absent: any. `-`: has none. */
export interface CpeVariant {
  update?: string;
  edition?: string;
  language?: string;
  softwareEdition?: string;
  targetSoftware?: string;
  targetHardware?: string;
  other?: string;
}

/** A product that affected software runs on or beside, as a CPE configuration names it. */
export interface Platform {
  /** `cpe:o:microsoft:windows_10`. */
  key: string;
  scheme: SchemeName;
  /** Empty: any version. */
  ranges: readonly VersionRange[];
  variant?: CpeVariant;
}

/**
 * `ranges`: the ranges tell. `not_affected`: whoever made the package says no version is. `undetermined`: they have not
 * found out yet.
 */
export type Statement = 'ranges' | 'not_affected' | 'undetermined';

/** From `introduced` (else the first version; `after`: without that version itself) to before `fixed`, or up to and with `lastAffected`. */
export interface VersionRange {
  introduced?: string;
  after?: string;
  fixed?: string;
  lastAffected?: string;
}

/**
 * What the distribution adds about a fix. `unimportant`: no security matter in its builds. `end_of_life`: the package gets
 * no fixes in this release. `no_advisory`, `postponed`, `ignored`: fixed with no hurry, later, or not at all.
 * `subscription`: the fix is for subscribers only.
 */
export type Remark = 'unimportant' | 'end_of_life' | 'no_advisory' | 'postponed' | 'ignored' | 'subscription';

/** What a severity is later computed from, as the record has it. */
export interface SeverityInputs {
  /** Vectors. */
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

/** FIRST EPSS: how likely attacks are within 30 days, and the share of vulnerabilities that are at most as likely; 0 to 1. */
export interface Likelihood {
  probability: number;
  percentile: number;
}

/** Decision points of CISA's SSVC. */
export interface Ssvc {
  exploitation?: 'none' | 'poc' | 'active';
  isAutomatable?: boolean;
  technicalImpact?: 'partial' | 'total';
}

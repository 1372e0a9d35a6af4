import type { SoftwareIdentity } from '../matching/software-identity.ts';

/** A piece of curated knowledge: what some software is called in vulnerability data, or that they never speak of it. */
export interface IdentityRule {
  id: string;
  /** It is about a software when any of these fits. */
  when: readonly RuleCondition[];
  /** The names it has in vulnerability data; several where data know it by several. */
  cpes?: readonly RuleCpe[];
  /** Nothing is ever looked up for it. */
  never?: boolean;
  /** Rewrites of what was reported, tried in order; the first that fits counts. None fits: the version as reported. */
  versions?: readonly VersionRewrite[];
  reason: string;
  link: string;
  /** When somebody looked, `YYYY-MM-DD`. */
  date: string;
  cases: readonly RuleCase[];
}

/** The fields of a software that a condition may ask for. */
export type RuleField =
  | 'source'
  | 'name'
  | 'vendor'
  | 'bundleIdentifier'
  | 'upgradeCode'
  | 'extensionId'
  | 'extensionFor'
  | 'version';

/**
 * All that are there must fit. A text fits what equals it, case aside, a name also when it equals it without version,
 * architecture and the like. `/…/` is a regular expression, case aside, over what was reported.
 */
export type RuleCondition = Partial<Record<RuleField, string>>;

export interface RuleCpe {
  vendor: string;
  product: string;
  /**
   * Absent: what the source of the software says. `*`: any. Else only statements that name it are about this software: those
   * that do not speak of what it is the target of.
   */
  targetSoftware?: string;
  /** `-`: it has none. `*`: any. */
  softwareEdition?: string;
  /** Only statements that name the edition are about this software. */
  isEditionStated?: boolean;
}

export interface VersionRewrite {
  /** The field that holds the version; `version` unless said otherwise. */
  from?: 'name';
  /** A regular expression, case aside, and what its groups become: `$<major>.$<minor>`. Empty: the version is not known. */
  match: string;
  to: string;
  /** The update attribute, made in the same way. */
  update?: string;
  /** The version with its update in it, made in the same way: what is compared where a statement names no update. */
  whole?: string;
}

export interface RuleCase {
  software: Pick<SoftwareIdentity, 'source' | 'name' | 'version'> & Partial<SoftwareIdentity>;
  /** The names in full that must come out; none of a software that is never matched. */
  cpes: readonly string[];
}

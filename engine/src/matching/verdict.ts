import type { Remark, VersionRange } from '../advisories/advisory.ts';
import type { SchemeName } from '../versions/schemes.ts';

/** What is known about one vulnerability in one software, with the fix and the reasons in the same value. */
export type Verdict = (Affected | NotAffected | Unknown) & {
  vulnerability: string;
  /** The version that has the fix and the feed that says so; null when there is none, or none is known. */
  fix: Fix | null;
  remark: Remark | null;
  evidence: Evidence;
};

/** A verdict and why; what a verdict does not have is null. */
export type Told = (Affected & { reason: null; detail: null }) | (NotAffected & { detail: null }) | Unknown;

interface Affected {
  verdict: 'affected';
}

/**
 * `outside_range`: fixed in this version, or not yet in it. `stated`: the maker says that no version is affected.
 * `other_variant`: another edition, stream or platform is. `patched`: a patch that ends it is installed.
 */
interface NotAffected {
  verdict: 'not_affected';
  reason: 'outside_range' | 'stated' | 'other_variant' | 'patched';
}

/**
 * `version_not_comparable`, `advisory_not_comparable`: the version of the software, or one in the advisory, is none in its
 * scheme; `detail` says what is wrong. `undetermined`: the maker has not found out. `restriction_open`: nobody can tell
 * whether what else must be so is so. `patches_not_reported`: the build alone does not tell.
 */
interface Unknown {
  verdict: 'unknown';
  reason:
    | 'version_not_comparable'
    | 'advisory_not_comparable'
    | 'undetermined'
    | 'restriction_open'
    | 'patches_not_reported';
  detail: string;
}

export interface Fix {
  version: string;
  from: string;
}

/** Everything that is needed to check a verdict by hand. */
export interface Evidence {
  feed: string;
  advisory: string;
  /** The key the advisory was found by. */
  key: string;
  /** The range that decided; null where none did. */
  range: VersionRange | null;
  comparator: SchemeName;
  /** The version that was compared with the range. */
  compared: string;
  identity: IdentityDerivation;
  confidence: Confidence;
}

export type Confidence = 'high' | 'medium' | 'low';

/** How the name and the version that were looked up follow from what the host reported. */
export interface IdentityDerivation {
  name:
    | 'source_package'
    | 'package_name'
    | 'unsigned_source'
    | 'cpe_rule'
    | 'cpe_name'
    | 'extension_id'
    | 'operating_system';
  version:
    | 'source_version'
    | 'package_version'
    | 'package_version_without_rebuild'
    | 'as_reported'
    | 'rewritten'
    | 'build';
  /** The rule of our data that named it, where one did. */
  rule?: string;
}

/** Why there are no verdicts about a software: it is not that nothing was found. */
export interface NotJudged {
  /**
   * `represented_by_running_kernel`, `represented_by_packages`, `represented_by_system`: inventory only, other software carries the findings.
   * `never_matched`: our data say that no vulnerability data speak of it, with the reason. `kernel_not_from_package`,
   * `no_advisories`, `no_identity`, `no_matcher`: nobody can tell, because the kernel has no package, no feed covers the
   * release, nobody knows under which name data speak of it, or nothing here knows this kind of software.
   */
  notJudged:
    | 'represented_by_running_kernel'
    | 'represented_by_packages'
    | 'represented_by_system'
    | 'never_matched'
    | 'kernel_not_from_package'
    | 'no_advisories'
    | 'no_identity'
    | 'no_matcher';
  detail: string;
}

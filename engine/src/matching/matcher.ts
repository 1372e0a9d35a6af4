import type { Candidate } from './advisory-index.ts';
import type { SoftwareIdentity } from './software-identity.ts';
import type { NotJudged, Verdict } from './verdict.ts';

/**
 * How one kind of software finds its advisories: a file here, cases in `corpus/<matcher>.ndjson`, and a line in the
 * registry. All members are pure.
 */
export interface Matcher {
  /** Whether this kind of software is this matcher's. */
  accepts(software: SoftwareIdentity): boolean;
  /** Where to look for it, or why its findings are not to be looked for. */
  lookupKeys(software: SoftwareIdentity): readonly string[] | NotJudged;
  /** What a candidate found under one of the keys means for it: one verdict for each vulnerability of the candidate. */
  judge(software: SoftwareIdentity, candidate: Candidate): Verdict[];
  /**
   * Which of all verdicts about one vulnerability count, where some come before others whatever they say. Of those that
   * count, and without this of all, the worst is taken. Their order says nothing.
   */
  decisive?(verdicts: readonly Verdict[]): readonly Verdict[];
}

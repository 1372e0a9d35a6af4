import type { Conclusion } from './conclude.ts';
import type { SoftwareIdentity } from './software-identity.ts';
import type { Statement } from './statements.ts';
import type { NotJudged } from './verdict.ts';

/**
 * How one kind of software finds its advisories: a file here, cases in `corpus/<matcher>.ndjson`, and a line in the
 * registry. All members are pure.
 */
export interface Matcher {
  /** Whether this kind of software is this matcher's. */
  accepts(software: SoftwareIdentity): boolean;
  /** Where to look for it, or why its findings are not to be looked for. */
  lookupKeys(software: SoftwareIdentity): readonly string[] | NotJudged;
  /** How statements found under one of the keys are judged for it. */
  judge(software: SoftwareIdentity, key: string): Judge;
  /**
   * Which of all conclusions about one vulnerability count, where some come before others whatever they say. Of those that
   * count, and without this of all, the worst is taken. Their order says nothing.
   */
  decisive?(conclusions: readonly Conclusion[]): readonly Conclusion[];
}

/** What a statement means for the software; null where it does not speak of it. */
export type Judge = (statement: Statement) => Conclusion | null;

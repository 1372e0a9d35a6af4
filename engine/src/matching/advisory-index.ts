import type { Affected } from '../advisories/advisory.ts';
import type { Statements } from './statements.ts';

/** One statement of an advisory about a key. */
export interface Candidate {
  feed: string;
  advisory: string;
  vulnerabilities: readonly string[];
  isDerived?: boolean;
  affected: Affected;
}

/** Where matchers find advisories: filled from a database, a compiled file, or feeds held in memory. */
export interface AdvisoryIndex {
  /** Everything said about exactly this key; null where nothing is. */
  statements(key: string): Statements | null;
  /**
   * Whether there are advisories at all for a scope, the part of a key before its last colon (`deb:debian-12`). Where there
   * are none, silence about a package says nothing.
   */
  covers(scope: string): boolean;
}

export const scopeOf = (key: string) => key.slice(0, key.lastIndexOf(':'));

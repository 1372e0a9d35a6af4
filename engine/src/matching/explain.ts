import type { Restriction, VersionRange } from '../advisories/advisory.ts';
import type { CpeNames } from '../identity/cpe-names.ts';
import { type Identification, identify } from '../identity/identify.ts';
import { knownCpeNames } from '../identity/known-cpe-names.ts';
import { type AdvisoryIndex, type Candidate, scopeOf } from './advisory-index.ts';
import { type Conclusion, toVerdict } from './conclude.ts';
import { type Weighing, weigh } from './decide.ts';
import { judgeRanges } from './judge-ranges.ts';
import { findMatcher } from './judge-software.ts';
import type { SoftwareIdentity } from './software-identity.ts';
import type { Statement } from './statements.ts';
import type { Evidence, NotJudged, Verdict } from './verdict.ts';

/** All that leads to the verdict on one vulnerability in one software, also where that is that it is not affected. */
export interface Explanation {
  vulnerability: string;
  identity: Identification;
  /** Every key the software was looked up by, and whether any feed speaks of the scope it lies in. */
  keys: readonly { key: string; isCovered: boolean }[];
  /** Every statement about the vulnerability under these keys, what decided first. */
  statements: readonly ExplainedStatement[];
  /** Null where no feed says anything about it, and where the software is not judged. */
  verdict: Verdict | null;
  notJudged: NotJudged | null;
}

export interface ExplainedStatement {
  role: Role;
  /** Null where the statement speaks of others under the same name. */
  verdict: Verdict | null;
  feed: string;
  advisory: string;
  key: string;
  kind: Statement['affected']['statement'];
  comparator: Evidence['comparator'];
  /** Every range, and where the compared version stands to it. */
  ranges: readonly { range: VersionRange; standing: ReturnType<typeof judgeRanges>['standing'] }[];
  endedBy: readonly string[];
  only: Restriction | null;
  /** All that is known of the statement, as it is stored. */
  stored: Candidate;
}

/**
 * What came of a statement. `decides`: the verdict is its. `outweighed`: another says something worse, or the same.
 * `set_aside`: the distribution's other statements are more telling. `preceded`: a feed that comes before it speaks, too.
 * `silent`: it speaks of other software.
 */
export type Role = 'decides' | 'outweighed' | 'set_aside' | 'preceded' | 'silent';

interface Asked {
  software: SoftwareIdentity;
  vulnerability: string;
}

/** Explains one verdict by all that the index says: the same rules, and the same answer, as `judgeSoftware`. */
export function explain(
  { software, vulnerability }: Asked,
  index: AdvisoryIndex,
  names: CpeNames = knownCpeNames,
): Explanation {
  const [family = ''] = software.context.split('-');
  const distribution = software.context === '' ? null : { family, key: software.context };
  const identity = identify(software, { names, distribution });
  const nothing = { vulnerability, identity, keys: [], statements: [], verdict: null, notJudged: null };
  const found = findMatcher(software);
  if ('notJudged' in found) return { ...nothing, notJudged: found };
  const { matcher } = found;
  const keys = found.keys.map((key) => ({ key, isCovered: index.covers(scopeOf(key)) }));
  if (!keys.some(({ isCovered }) => isCovered)) {
    const detail = `no feed has advisories for ${software.context || found.keys[0]}`;
    return { ...nothing, keys, notJudged: { notJudged: 'no_advisories', detail } };
  }
  const judged = found.keys.flatMap((key) => {
    const judge = matcher.judge(software, key);
    const statements = index.statements(key)?.all.filter((each) => each.vulnerabilities.includes(vulnerability)) ?? [];
    return statements.map((statement) => ({ statement, conclusion: judge(statement) }));
  });
  const conclusions = judged.flatMap(({ conclusion }) => conclusion ?? []);
  const weighing = conclusions.length > 0 ? weigh(conclusions, matcher) : null;
  return {
    ...{ ...nothing, keys },
    statements: judged
      .map((each) => toExplained(each, { vulnerability, version: software.version, weighing }))
      .sort(byRole),
    verdict: weighing && toVerdict(vulnerability, weighing.decided),
  };
}

interface About {
  vulnerability: string;
  /** What is compared where the statement speaks of others. */
  version: string;
  weighing: Weighing | null;
}

function toExplained(
  { statement, conclusion }: { statement: Statement; conclusion: Conclusion | null },
  { vulnerability, version, weighing }: About,
): ExplainedStatement {
  const { feed, advisory, affected } = statement;
  const compared = conclusion?.compared.version ?? version;
  return {
    ...{ role: roleOf(conclusion, weighing), feed, advisory, key: affected.key },
    verdict: conclusion && toVerdict(vulnerability, conclusion),
    ...{ kind: affected.statement, comparator: affected.scheme },
    ranges: affected.ranges.map((range, at) => {
      const single = { ...statement, whole: statement.whole === range ? range : null };
      return { range, standing: judgeRanges(compared, single, single.whole ? undefined : [at]).standing };
    }),
    endedBy: affected.endedBy ?? [],
    only: affected.only ?? null,
    stored: { feed, advisory, vulnerabilities: statement.vulnerabilities, isDerived: statement.isDerived, affected },
  };
}

function roleOf(conclusion: Conclusion | null, weighing: Weighing | null): Role {
  if (conclusion === null || weighing === null) return 'silent';
  if (conclusion === weighing.decided) return 'decides';
  if (weighing.decisive.includes(conclusion)) return 'outweighed';
  return weighing.heard.includes(conclusion) ? 'set_aside' : 'preceded';
}

const roles: readonly Role[] = ['decides', 'outweighed', 'set_aside', 'preceded', 'silent'];
const byRole = (a: ExplainedStatement, b: ExplainedStatement) => roles.indexOf(a.role) - roles.indexOf(b.role);

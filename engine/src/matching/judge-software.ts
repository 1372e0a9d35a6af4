import { type AdvisoryIndex, scopeOf } from './advisory-index.ts';
import { type Conclusion, toVerdict } from './conclude.ts';
import { weigh } from './decide.ts';
import type { Matcher } from './matcher.ts';
import { allMatchers } from './matchers.ts';
import type { SoftwareIdentity } from './software-identity.ts';
import type { Statements } from './statements.ts';
import type { NotJudged, Verdict } from './verdict.ts';

/** Everything that is known about one software: at most one verdict for each vulnerability, ordered by its name. */
export interface Judgement {
  verdicts: Verdict[];
  /** Set where the lack of verdicts means something else than that nothing was found. */
  notJudged: NotJudged | null;
}

/** The same, with the evidence by reference: `toVerdict` makes a verdict of what is decided. */
export interface Decisions {
  decided: Decided[];
  notJudged: NotJudged | null;
}

export interface Decided {
  vulnerability: string;
  conclusion: Conclusion;
}

/** Judges a software by all that the index has about it, so that the answer never depends on what was judged before. */
export function judgeSoftware(software: SoftwareIdentity, index: AdvisoryIndex): Judgement {
  const { decided, notJudged } = decideSoftware(software, index);
  return { verdicts: decided.map(({ vulnerability, conclusion }) => toVerdict(vulnerability, conclusion)), notJudged };
}

/** As `judgeSoftware`, for whoever needs the evidence of a few verdicts only. */
export function decideSoftware(software: SoftwareIdentity, index: AdvisoryIndex): Decisions {
  const found = findMatcher(software);
  if ('notJudged' in found) return without(found);
  const { matcher, keys } = found;
  const judged: JudgedKey[] = [];
  for (const key of keys) {
    const statements = index.statements(key);
    if (statements === null) continue;
    judged.push({ statements, conclusions: statements.all.map(matcher.judge(software, key)), at: 0 });
  }
  if (judged.length === 0 && !keys.some((key) => index.covers(scopeOf(key)))) {
    return without({ notJudged: 'no_advisories', detail: `no feed has advisories for ${software.context || keys[0]}` });
  }
  return { decided: decideAll(judged, matcher), notJudged: null };
}

/** Who judges a software, by which keys; or why nobody does. */
export function findMatcher(software: SoftwareIdentity): { matcher: Matcher; keys: readonly string[] } | NotJudged {
  const matcher = allMatchers.find((each) => each.accepts(software));
  if (!matcher) return representation(software) ?? unknownKind(software);
  const keys = matcher.lookupKeys(software);
  return 'notJudged' in keys ? keys : { matcher, keys };
}

/** The keys under which new advisories concern this software; none where it is never judged. */
export function lookupKeysOf(software: SoftwareIdentity): readonly string[] {
  const found = findMatcher(software);
  return 'notJudged' in found ? [] : found.keys;
}

/** What is in the inventory only, because other software carries what is found in it. */
function representation({ kind, context }: SoftwareIdentity): NotJudged | null {
  if (kind === 'os' && context !== '') {
    return {
      notJudged: 'represented_by_packages',
      detail: 'a distribution is its packages: its findings hang on them',
    };
  }
  if (kind !== 'patch') return null;
  return { notJudged: 'represented_by_system', detail: 'an update: what it ends is judged with the system' };
}

const unknownKind = ({ source }: SoftwareIdentity): NotJudged => ({
  notJudged: 'no_matcher',
  detail: `no matcher knows ${source}`,
});

const without = (notJudged: NotJudged): Decisions => ({ decided: [], notJudged });

/** The conclusions from all statements under one key, and how far their vulnerabilities were gone through. */
interface JudgedKey {
  statements: Statements;
  conclusions: readonly (Conclusion | null)[];
  at: number;
}

/** Goes through the vulnerabilities of all keys together, each in the order of names. */
function decideAll(judged: readonly JudgedKey[], matcher: Matcher): Decided[] {
  const decided: Decided[] = [];
  for (;;) {
    const vulnerability = nextName(judged);
    if (vulnerability === null) return decided;
    let first: Conclusion | null = null;
    let all: Conclusion[] | null = null;
    for (const key of judged) {
      for (;;) {
        const next = key.statements.vulnerabilities[key.at];
        if (next?.name !== vulnerability) break;
        key.at++;
        const conclusion = key.conclusions[next.at];
        if (!conclusion) continue;
        // Most vulnerabilities have one conclusion, which needs no list and leaves nothing to decide.
        if (first === null) first = conclusion;
        else if (all === null) all = [first, conclusion];
        else all.push(conclusion);
      }
    }
    if (first !== null) decided.push({ vulnerability, conclusion: all === null ? first : weigh(all, matcher).decided });
  }
}

function nextName(judged: readonly JudgedKey[]): string | null {
  let least: string | null = null;
  for (const { statements, at } of judged) {
    const name = statements.vulnerabilities[at]?.name;
    if (name !== undefined && (least === null || name < least)) least = name;
  }
  return least;
}

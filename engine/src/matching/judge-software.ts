import { type AdvisoryIndex, type Candidate, scopeOf } from './advisory-index.ts';
import type { Matcher } from './matcher.ts';
import { allMatchers } from './matchers.ts';
import { withoutPreceded } from './precedence.ts';
import type { SoftwareIdentity } from './software-identity.ts';
import type { NotJudged, Verdict } from './verdict.ts';

/** Everything that is known about one software: at most one verdict for each vulnerability, ordered by its name. */
export interface Judgement {
  verdicts: Verdict[];
  /** Set where the lack of verdicts means something else than that nothing was found. */
  notJudged: NotJudged | null;
}

/** Judges a software by all that the index has about it, so that the answer never depends on what was judged before. */
export function judgeSoftware(software: SoftwareIdentity, index: AdvisoryIndex): Judgement {
  const matcher = allMatchers.find((each) => each.accepts(software));
  if (!matcher) return without(representation(software) ?? unknownKind(software));
  const keys = matcher.lookupKeys(software);
  if ('notJudged' in keys) return without(keys);
  if (!keys.some((key) => index.covers(scopeOf(key)))) {
    return without({ notJudged: 'no_advisories', detail: `no feed has advisories for ${software.context || keys[0]}` });
  }
  return { verdicts: judgeCandidates(software, matcher, keys.flatMap(index.candidates)), notJudged: null };
}

/** The keys under which new advisories concern this software; none where it is never judged. */
export function lookupKeysOf(software: SoftwareIdentity): readonly string[] {
  const keys = allMatchers.find((matcher) => matcher.accepts(software))?.lookupKeys(software) ?? [];
  return 'notJudged' in keys ? [] : keys;
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

const without = (notJudged: NotJudged): Judgement => ({ verdicts: [], notJudged });

function judgeCandidates(software: SoftwareIdentity, matcher: Matcher, candidates: readonly Candidate[]): Verdict[] {
  const own: Verdict[] = [];
  const derived: Verdict[] = [];
  for (const candidate of candidates) {
    for (const verdict of matcher.judge(software, candidate)) (candidate.isDerived ? derived : own).push(verdict);
  }
  const all = derived.length > 0 ? [...own, ...withoutTold(derived, own)] : own;
  const decided: Verdict[] = [];
  for (const each of byVulnerability(withoutPreceded(all)).values()) {
    decided.push(Array.isArray(each) ? strongest(matcher.decisive?.(each) ?? each) : each);
  }
  return decided.sort((a, b) => (a.vulnerability < b.vulnerability ? -1 : 1));
}

/** What is computed from another upstream counts only where nothing speaks of the vulnerability itself. */
function withoutTold(derived: readonly Verdict[], own: readonly Verdict[]): readonly Verdict[] {
  const told = new Set(own.map(({ vulnerability }) => vulnerability));
  return derived.filter(({ vulnerability }) => !told.has(vulnerability));
}

/** Most vulnerabilities have one verdict, which needs no list and leaves nothing to decide. */
function byVulnerability(verdicts: readonly Verdict[]): Map<string, Verdict | Verdict[]> {
  const groups = new Map<string, Verdict | Verdict[]>();
  for (const verdict of verdicts) {
    const known = groups.get(verdict.vulnerability);
    if (known === undefined) groups.set(verdict.vulnerability, verdict);
    else if (Array.isArray(known)) known.push(verdict);
    else groups.set(verdict.vulnerability, [known, verdict]);
  }
  return groups;
}

const strongest = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce((known, each) => (isStronger(each, known) ? each : known));

const strength = { affected: 2, unknown: 1, not_affected: 0 };

/** Among statements about one vulnerability the worst counts; ties go by name, for the order of arrival must not matter. */
function isStronger(a: Verdict, b: Verdict): boolean {
  if (a.verdict !== b.verdict) return strength[a.verdict] > strength[b.verdict];
  const nameOf = ({ evidence, fix }: Verdict) =>
    JSON.stringify([evidence.feed, evidence.advisory, evidence.key, fix?.version, evidence.range]);
  return nameOf(a) < nameOf(b);
}

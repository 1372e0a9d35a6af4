import type { Affected } from '../advisories/advisory.ts';
import { type CpeCandidate, cpeKey, type NeverMatched } from '../identity/cpe-candidate.ts';
import { findCpes } from '../identity/find-cpes.ts';
import { knownCpeNames } from '../identity/known-cpe-names.ts';
import { targetOf } from '../identity/software-targets.ts';
import { splitUpdate } from '../identity/split-update.ts';
import type { Candidate } from './advisory-index.ts';
import { conclude } from './conclude.ts';
import { judgePlatforms, type Runner } from './judge-platforms.ts';
import { judgeVariant, together } from './judge-variant.ts';
import type { Matcher } from './matcher.ts';
import { oncePerSoftware } from './once-per-software.ts';
import { tellingRanges } from './telling-ranges.ts';
import type { Conclusion, NotJudged, Verdict } from './verdict.ts';

/**
 * Programs, apps and extensions that are no package of a distribution or a language: vulnerability data name them by vendor
 * and product.
 */
export const desktop: Matcher = {
  accepts: ({ kind, source, cpes }) => kind === 'normal' && (cpes !== undefined || targetOf(source) !== null),
  lookupKeys: (software) => {
    const cpes = cpesOf(software);
    if ('never' in cpes) return { notJudged: 'never_matched', detail: cpes.never };
    return cpes.length > 0 ? [...new Set(cpes.map(cpeKey))] : withoutName;
  },
  judge: (software, candidate) => {
    const { runner, cpes } = runningAs(software);
    const verdicts: Verdict[] = [];
    for (const { key, cpe } of cpes) {
      if (key !== candidate.affected.key || !isSpokenOf(cpe, candidate.affected)) continue;
      const conclusion = judgeCpe({ runner, cpe, candidate });
      for (const vulnerability of candidate.vulnerabilities) verdicts.push({ ...conclusion, vulnerability });
    }
    return verdicts;
  },
};

const withoutName: NotJudged = {
  notJudged: 'no_identity',
  detail: 'no rule is about it, and vulnerability data have no product of this name by this maker',
};

const cpesOf = oncePerSoftware(
  (software): readonly CpeCandidate[] | NeverMatched => software.cpes ?? findCpes(software, knownCpeNames),
);

/** Each of many candidates asks again. */
const runningAs = oncePerSoftware((software) => {
  const found = cpesOf(software);
  const cpes = 'never' in found ? [] : found.map((cpe) => ({ cpe, key: cpeKey(cpe) }));
  const runner: Runner = { source: software.source, ownKeys: new Set(cpes.map(({ key }) => key)) };
  return { runner, cpes };
});

const isSpokenOf = ({ stated }: CpeCandidate, { only }: Affected) =>
  stated.every((attribute) => only?.variant?.[attribute] !== undefined);

interface Compared {
  runner: Runner;
  cpe: CpeCandidate;
  candidate: Candidate;
}

/** What a statement about a product means for a software that goes by this name. */
function judgeCpe({ runner, cpe, candidate }: Compared): Conclusion {
  const { only = {}, ranges } = candidate.affected;
  const { confidence, rule } = cpe;
  const derivation = {
    name: rule === null ? 'cpe_name' : 'cpe_rule',
    version: cpe.isRewritten ? 'rewritten' : 'as_reported',
    ...(rule !== null && { rule }),
  } as const;
  // An update is an attribute of its own: 2.0 with the update rc1 is what a program calls 2.0rc1.
  const { base, update } = cpe.variant.update
    ? { base: cpe.version, update: cpe.variant.update }
    : splitUpdate(cpe.version);
  const hasUpdate = (only.variant?.update ?? '*') !== '*';
  const { telling, open } = tellingRanges(ranges, cpe.version);
  const conclusion = conclude(
    { version: hasUpdate ? base : (cpe.whole ?? cpe.version), derivation, confidence },
    telling === ranges ? candidate : { ...candidate, affected: { ...candidate.affected, ranges: telling } },
  );
  const variant = judgeVariant({ ...cpe.variant, update }, only.variant ?? {});
  const standing = together([variant, judgePlatforms(runner, only.runningOn ?? [])]);
  const { remark, evidence } = conclusion;
  if (standing === 'fails') return { verdict: 'not_affected', reason: 'other_variant', fix: null, remark, evidence };
  if (conclusion.verdict === 'not_affected' && open) {
    return { verdict: 'unknown', ...open, fix: null, remark, evidence };
  }
  if (conclusion.verdict !== 'affected' || standing === 'holds') return conclusion;
  return { ...conclusion, verdict: 'unknown', reason: 'restriction_open', detail: whatIsOpen(variant) };
}

const whatIsOpen = (variant: string) =>
  variant === 'open'
    ? 'only an edition, language or architecture is affected, and the host does not report which it has'
    : 'only where it runs on, or beside, what the record names, and the host does not report it';

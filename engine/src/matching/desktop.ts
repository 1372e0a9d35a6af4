import type { Affected, CpeVariant } from '../advisories/advisory.ts';
import { type CpeCandidate, cpeKey, type NeverMatched } from '../identity/cpe-candidate.ts';
import { findCpes } from '../identity/find-cpes.ts';
import { knownCpeNames } from '../identity/known-cpe-names.ts';
import { targetOf } from '../identity/software-targets.ts';
import { splitUpdate } from '../identity/split-update.ts';
import { type Compared, type Conclusion, conclude } from './conclude.ts';
import { strongest } from './decide.ts';
import { judgePlatforms, type Runner } from './judge-platforms.ts';
import { judgeVariant, together } from './judge-variant.ts';
import type { Matcher } from './matcher.ts';
import { oncePerSoftware } from './once-per-software.ts';
import type { Statement } from './statements.ts';
import { tellingRanges, traitsOf, type VersionTraits } from './telling-ranges.ts';
import type { NotJudged } from './verdict.ts';

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
  judge: (software, key) => {
    const cpes = cpesOf(software);
    const known = 'never' in cpes ? [] : cpes;
    const runner: Runner = { source: software.source, ownKeys: new Set(known.map(cpeKey)) };
    const names = known.filter((cpe) => cpeKey(cpe) === key).map(toName);
    return (statement) => {
      const conclusions: Conclusion[] = [];
      for (const name of names) {
        if (isSpokenOf(name.cpe, statement.affected)) conclusions.push(judgeName(name, runner, statement));
      }
      return conclusions.length > 0 ? strongest(conclusions) : null;
    };
  },
};

const withoutName: NotJudged = {
  notJudged: 'no_identity',
  detail: 'no rule is about it, and vulnerability data have no product of this name by this maker',
};

const cpesOf = oncePerSoftware(
  (software): readonly CpeCandidate[] | NeverMatched => software.cpes ?? findCpes(software, knownCpeNames),
);

const isSpokenOf = ({ stated }: CpeCandidate, { only }: Affected) =>
  stated.every((attribute) => only?.variant?.[attribute] !== undefined);

/** A name that a software goes by, and what follows from it for every statement about the product. */
interface Name {
  cpe: CpeCandidate;
  traits: VersionTraits;
  variant: CpeVariant;
  whole: Compared;
  /** Without its update, for statements that name one. */
  base: Compared;
}

function toName(cpe: CpeCandidate): Name {
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
  return {
    ...{ cpe, traits: traitsOf(cpe.version), variant: { ...cpe.variant, update } },
    whole: { version: cpe.whole ?? cpe.version, derivation, confidence },
    base: { version: base, derivation, confidence },
  };
}

/** What a statement about a product means for a software that goes by this name. */
function judgeName(name: Name, runner: Runner, statement: Statement): Conclusion {
  const { only } = statement.affected;
  const hasUpdate = (only?.variant?.update ?? '*') !== '*';
  const { telling, open } = tellingRanges(statement, name.traits);
  const conclusion = conclude(hasUpdate ? name.base : name.whole, statement, telling);
  if (only === undefined && open === null) return conclusion;
  const variant = judgeVariant(name.variant, only?.variant ?? {});
  const standing = together([variant, judgePlatforms(runner, only?.runningOn ?? [])]);
  if (standing === 'fails') {
    return { ...conclusion, verdict: 'not_affected', reason: 'other_variant', detail: null, fix: null };
  }
  if (conclusion.verdict === 'not_affected' && open) {
    return { ...conclusion, verdict: 'unknown', ...open, fix: null };
  }
  if (conclusion.verdict !== 'affected' || standing === 'holds') return conclusion;
  return { ...conclusion, verdict: 'unknown', reason: 'restriction_open', detail: whatIsOpen(variant) };
}

const whatIsOpen = (variant: string) =>
  variant === 'open'
    ? 'only an edition, language or architecture is affected, and the host does not report which it has'
    : 'only where it runs on, or beside, what the record names, and the host does not report it';

import type { SoftwareIdentity } from '../matching/software-identity.ts';
import { cleanWords, squeeze } from './clean-name.ts';
import type { CpeCandidate } from './cpe-candidate.ts';
import type { CpeName, CpeNames } from './cpe-names.ts';
import { isMadeBy, makersOf, makerWords } from './maker-words.ts';
import { plainVersion } from './plain-version.ts';
import { canonicalTarget, isExtension, targetOf } from './software-targets.ts';

/**
 * What vulnerability data may call a software that no rule is about: a name that they have, when the maker agrees. A name
 * alone is enough only where one vendor has it, who is called by it too, and nobody else says to have made the software.
 */
export function guessCpes(software: SoftwareIdentity, names: CpeNames): CpeCandidate[] {
  const target = targetOf(software.source);
  if (target === null) return [];
  const makers = makersOf(software);
  for (const phrase of phrasesOf(software, makers)) {
    const named = names.named(phrase).filter((name) => runsOn(name, target, isExtension(software.source)));
    const made = named.filter((name) => isMadeBy(name.vendor, makers) && !isPlaceholder(name));
    if (made.length > 0)
      return made.map((name) => toCandidate(software, { name, target, confidence: confidenceIn(name) }));
    const [only, ...others] = named;
    if (only && others.length === 0 && makers.length === 0 && isNamedLikeVendor(only) && !isPlaceholder(only)) {
      // Short words are the names of many things.
      if (phrase.length < 5) continue;
      return [toCandidate(software, { name: only, target, confidence: 'low' })];
    }
  }
  return [];
}

/** Spellings under which data may have the product: the name, then without its maker before it, then without a number. */
function phrasesOf(software: SoftwareIdentity, makers: readonly (readonly string[])[]): string[] {
  const { source, name, version } = software;
  const own = source === 'vscode_extensions' ? name.slice(name.indexOf('.') + 1) : name;
  const words = cleanWords(own, version);
  const isMaker = (count: number) =>
    makers.some((maker) => maker.slice(0, count).join('') === squeeze(words.slice(0, count).join('')));
  const before = [2, 1].find((count) => words.length > count && isMaker(count)) ?? 0;
  const spellings = [words, words.slice(before)];
  const unnumbered = spellings.map((each) =>
    each.length > 1 && /^\d+$/.test(each.at(-1) ?? '') ? each.slice(0, -1) : each,
  );
  return [...new Set([...spellings, ...unnumbered].map((each) => squeeze(each.join(''))))].filter(
    (phrase) => phrase.length > 1,
  );
}

/** Extensions have names that programs have too, so data must say that they mean one. */
function runsOn({ targets }: CpeName, target: string, mustSay: boolean): boolean {
  if (targets.length === 0) return !mustSay;
  return targets.some((each) => canonicalTarget(each) === target);
}

const isNamedLikeVendor = ({ vendor, product }: CpeName): boolean =>
  squeeze(makerWords(vendor).join('')) === squeeze(product);

/** NVD calls a vendor that it knows nothing of by the product and `_project`: that says no more than the product does. */
const isPlaceholder = (name: CpeName): boolean => name.vendor.endsWith('_project') && isNamedLikeVendor(name);

/** Maker and product of one name are one sign, not two. */
const confidenceIn = (name: CpeName) => (isNamedLikeVendor(name) ? 'low' : 'medium');

interface Guess {
  name: CpeName;
  target: string;
  confidence: 'medium' | 'low';
}

function toCandidate(software: SoftwareIdentity, { name, target, confidence }: Guess): CpeCandidate {
  const { vendor, product } = name;
  return {
    ...{ part: 'a', vendor, product, confidence, rule: null, ...plainVersion(software) },
    variant: { targetSoftware: target },
    stated: isExtension(software.source) ? ['targetSoftware'] : [],
  };
}

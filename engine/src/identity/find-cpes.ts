import type { SoftwareIdentity } from '../matching/software-identity.ts';
import { applyRule } from './apply-rule.ts';
import type { CpeCandidate, NeverMatched } from './cpe-candidate.ts';
import type { CpeNames } from './cpe-names.ts';
import { guessCpes } from './guess-cpes.ts';
import { createRuleBook } from './rule-book.ts';
import { identityRules } from './rules.ts';
import { targetOf } from './software-targets.ts';

const ruleAbout = createRuleBook(identityRules);

/**
 * What vulnerability data may call a software: by our rules, else by its name among those that the data have. Empty for
 * what nobody knows a name for, and for packages of distributions and languages, which have better advisories.
 */
export function findCpes(software: SoftwareIdentity, names: CpeNames): CpeCandidate[] | NeverMatched {
  if (targetOf(software.source) === null || isTooLong(software)) return [];
  const hit = ruleAbout(software);
  return hit ? applyRule(software, hit) : guessCpes(software, names);
}

/** Longer than inventories keep names (255): no program is called so, and patterns would take long over it. */
const isTooLong = ({ name, version, vendor, bundleIdentifier }: SoftwareIdentity) =>
  Math.max(name.length, version.length, vendor.length, bundleIdentifier.length) > LONGEST;
const LONGEST = 512;

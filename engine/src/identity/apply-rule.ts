import type { SoftwareIdentity } from '../matching/software-identity.ts';
import type { Confidence } from '../matching/verdict.ts';
import type { CpeCandidate, NeverMatched } from './cpe-candidate.ts';
import { type PlainVersion, plainVersion } from './plain-version.ts';
import type { IdentityRule, RuleCondition } from './rule.ts';
import type { RuleHit } from './rule-book.ts';
import { targetOf } from './software-targets.ts';

/** What a rule makes of a software that it is about. */
export function applyRule(software: SoftwareIdentity, { rule, condition }: RuleHit): CpeCandidate[] | NeverMatched {
  if (rule.never) return { never: rule.reason, rule: rule.id };
  const { update, ...version } = rewrite(software, rule);
  const confidence = confidenceIn(condition);
  const ownTarget = targetOf(software.source) ?? undefined;
  return (rule.cpes ?? []).map(({ vendor, product, softwareEdition, isEditionStated, targetSoftware }) => ({
    ...{ part: 'a', vendor, product, ...version, confidence, rule: rule.id },
    variant: { update, softwareEdition, targetSoftware: targetSoftware ?? ownTarget },
    stated: [
      ...(isEditionStated ? (['softwareEdition'] as const) : []),
      ...(targetSoftware && targetSoftware !== '*' ? (['targetSoftware'] as const) : []),
    ],
  }));
}

function rewrite(
  software: SoftwareIdentity,
  { versions = [] }: IdentityRule,
): PlainVersion & { update?: string; whole?: string } {
  for (const { from = 'version', match, to, update, whole } of versions) {
    const found = new RegExp(match, 'i').exec(software[from]);
    if (!found) continue;
    const fill = (template: string) => found[0].replace(new RegExp(match, 'i'), template);
    return { version: fill(to), isRewritten: true, update: update && fill(update), whole: whole && fill(whole) };
  }
  return plainVersion(software);
}

/** Who knows an identifier, or name and maker, or a name in a catalogue where names are unique, cannot mean another. */
const confidenceIn = ({
  bundleIdentifier,
  upgradeCode,
  extensionId,
  vendor,
  source = '',
}: RuleCondition): Confidence =>
  bundleIdentifier || upgradeCode || extensionId || vendor || catalogues.has(source) ? 'high' : 'medium';

const catalogues = new Set(['homebrew_packages', 'chocolatey_packages', 'vscode_extensions']);

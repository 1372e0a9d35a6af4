import { conclude } from './conclude.ts';
import type { Matcher } from './matcher.ts';
import type { Conclusion } from './verdict.ts';

/**
 * macOS, iOS and iPadOS, by the releases that Apple says fix something. Its programs for other systems have names of their
 * own, so what is said of iCloud for Windows is never found here.
 */
export const apple: Matcher = {
  accepts: ({ kind, vendor }) => kind === 'os' && Object.hasOwn(keys, vendor),
  lookupKeys: ({ vendor }) => [keys[vendor] ?? ''],
  judge: ({ version }, candidate) => {
    const derivation = { name: 'operating_system', version: 'as_reported' } as const;
    const conclusion = withPolicy(version, conclude({ version, derivation, confidence: 'high' }, candidate));
    return candidate.vulnerabilities.map((vulnerability) => ({ ...conclusion, vulnerability }));
  },
};

/** By the platform that osquery, or whoever manages a mobile device, reports. */
const keys: Readonly<Record<string, string>> = { darwin: 'apple:macos', ios: 'apple:ios', ipados: 'apple:ios' };

/** That a major version without a fix of its own is affected because a newer one was follows from a policy, not from Apple. */
function withPolicy(version: string, conclusion: Conclusion): Conclusion {
  const fixed = conclusion.evidence.range?.fixed;
  const isInherited =
    conclusion.verdict === 'affected' && fixed && Number.parseInt(version, 10) < Number.parseInt(fixed, 10);
  return isInherited ? { ...conclusion, evidence: { ...conclusion.evidence, confidence: 'medium' } } : conclusion;
}

import { type Compared, type Conclusion, conclude } from './conclude.ts';
import type { Matcher } from './matcher.ts';

/**
 * macOS, iOS and iPadOS, by the releases that Apple says fix something. Its programs for other systems have names of their
 * own, so what is said of iCloud for Windows is never found here.
 */
export const apple: Matcher = {
  accepts: ({ kind, vendor }) => kind === 'os' && Object.hasOwn(keys, vendor),
  lookupKeys: ({ vendor }) => [keys[vendor] ?? ''],
  judge: ({ version }) => {
    const derivation = { name: 'operating_system', version: 'as_reported' } as const;
    const compared: Compared = { version, derivation, confidence: 'high' };
    return (statement) => withPolicy(conclude(compared, statement));
  },
};

/** By the platform that osquery, or whoever manages a mobile device, reports. */
const keys: Readonly<Record<string, string>> = { darwin: 'apple:macos', ios: 'apple:ios', ipados: 'apple:ios' };

/** That a major version without a fix of its own is affected because a newer one was follows from a policy, not from Apple. */
function withPolicy(conclusion: Conclusion): Conclusion {
  const { verdict, fix, compared } = conclusion;
  const isInherited =
    verdict === 'affected' && fix !== null && Number.parseInt(compared.version, 10) < Number.parseInt(fix, 10);
  return isInherited ? { ...conclusion, compared: { ...compared, confidence: 'medium' } } : conclusion;
}

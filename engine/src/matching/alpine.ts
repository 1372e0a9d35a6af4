import { conclude } from './conclude.ts';
import type { Matcher } from './matcher.ts';
import type { IdentityDerivation } from './verdict.ts';

/**
 * Packages of Alpine. Its lists name the package that others are split from (`origin`); all of them have its version. A
 * package whose origin was not reported is looked up by its own name, which finds nothing for most of those split from others.
 */
export const alpine: Matcher = {
  accepts: ({ source, context }) => source === 'apk_packages' && context.startsWith('alpine-'),
  lookupKeys: ({ context, name, sourcePackage }) => [`apk:${context}:${sourcePackage || name}`],
  judge: ({ version, sourcePackage }, candidate) => {
    const name = sourcePackage ? 'source_package' : 'package_name';
    const derivation: IdentityDerivation = { name, version: 'package_version' };
    const conclusion = conclude({ version, derivation, confidence: sourcePackage ? 'high' : 'medium' }, candidate);
    return candidate.vulnerabilities.map((vulnerability) => ({ ...conclusion, vulnerability }));
  },
};

import { type Compared, conclude } from './conclude.ts';
import type { Matcher } from './matcher.ts';
import type { IdentityDerivation } from './verdict.ts';

/**
 * Packages of Alpine. Its lists name the package that others are split from (`origin`); all of them have its version. A
 * package whose origin was not reported is looked up by its own name, and by what is left of it without the endings that the
 * distribution's tools give to what they split off. That finds nothing for libraries that are called otherwise.
 */
export const alpine: Matcher = {
  accepts: ({ source, context }) => source === 'apk_packages' && context.startsWith('alpine-'),
  lookupKeys: ({ context, name, sourcePackage }) =>
    (sourcePackage ? [sourcePackage] : namesOf(name)).map((each) => `apk:${context}:${each}`),
  judge: ({ version, sourcePackage }) => {
    const name = sourcePackage ? 'source_package' : 'package_name';
    const derivation: IdentityDerivation = { name, version: 'package_version' };
    const compared: Compared = { version, derivation, confidence: sourcePackage ? 'high' : 'medium' };
    return (statement) => conclude(compared, statement);
  },
};

/** Functions of abuild that split a package: https://wiki.alpinelinux.org/wiki/APKBUILD_Reference, "subpackages". */
const SPLIT = /-(?:dev|doc|dbg|libs|static|openrc|lang|pyc|(?:bash|zsh|fish)-completion)$/;

function namesOf(name: string): string[] {
  const whole = name.replace(SPLIT, '');
  return whole === name ? [name] : [name, whole];
}

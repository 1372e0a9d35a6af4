import { type Compared, conclude } from './conclude.ts';
import type { Matcher } from './matcher.ts';
import type { IdentityDerivation } from './verdict.ts';

const derivation: IdentityDerivation = { name: 'package_name', version: 'package_version' };

/** Packages of Arch Linux, whose list names packages as they are installed. It has no releases. */
export const arch: Matcher = {
  accepts: ({ source, context }) => source === 'pacman_packages' && /^arch(?:-|$)/.test(context),
  lookupKeys: ({ name }) => [`pacman:arch:${name}`],
  judge: ({ version }) => {
    const compared: Compared = { version, derivation, confidence: 'high' };
    return (statement) => conclude(compared, statement);
  },
};

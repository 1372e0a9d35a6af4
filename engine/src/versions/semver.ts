import { isDigits } from './numerals.ts';
import { comparePrecedence, type SemanticVersion } from './precedence.ts';
import type { Unparsable, VersionScheme } from './scheme.ts';

const number = '(0|[1-9][0-9]*)';
const identifiers = '([0-9A-Za-z.-]+)';
const form = new RegExp(`^${number}\\.${number}\\.${number}(?:-${identifiers})?(?:\\+${identifiers})?$`);

/** Versions by Semantic Versioning 2.0.0, to the letter, as crates have them; numbers may be of any length. */
export const semver: VersionScheme<SemanticVersion> = { parse, compare: comparePrecedence };

function parse(text: string): SemanticVersion | Unparsable {
  const [, major, minor, patch, prerelease, build] = form.exec(text) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) {
    return { problem: 'this is not MAJOR.MINOR.PATCH, with a pre-release after - and build metadata after +' };
  }
  const found = readIdentifiers(prerelease, build);
  return 'problem' in found ? found : { release: [major, minor, patch], prerelease: found.prerelease };
}

/** The identifiers of a pre-release by rules 9 and 10, if neither it nor the build metadata breaks them. */
export function readIdentifiers(
  prerelease: string | undefined,
  build: string | undefined,
): { prerelease: string[] } | Unparsable {
  const identifiers = prerelease?.split('.') ?? [];
  if (identifiers.includes('') || build?.split('.').includes('')) return { problem: 'an identifier is empty' };
  if (identifiers.some(hasLeadingZero)) return { problem: 'a number in the pre-release has a leading zero' };
  return { prerelease: identifiers };
}

const hasLeadingZero = (identifier: string) =>
  identifier.length > 1 && identifier.startsWith('0') && isDigits(identifier);

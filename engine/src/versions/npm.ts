import { isDigits, numeral } from './numerals.ts';
import { comparePrecedence, type SemanticVersion } from './precedence.ts';
import type { Unparsable, VersionScheme } from './scheme.ts';

/** Limits of node-semver. */
const LONGEST = 256;
const LARGEST = Number.MAX_SAFE_INTEGER;

const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const form = new RegExp(
  `^[v=\\s]*([0-9]+)\\.([0-9]+)\\.([0-9]+)(?:-(${identifiers})|((?![0-9])${identifiers}))?(?:\\+${identifiers})?$`,
);

/**
 * Versions as the npm registry takes them: the loose form of node-semver, which allows leading zeros, `v` and `=` before
 * the numbers and a pre-release without its hyphen (`1.0.0beta`). Written here because that package keeps much more of
 * each version than an order needs. One thing is not followed: it reads `1.2.34.5` as `1.2.3-4.5`, which nobody meant.
 */
export const npm: VersionScheme<SemanticVersion> = { parse, compare: comparePrecedence };

function parse(text: string): SemanticVersion | Unparsable {
  if (text.length > LONGEST) return { problem: `the version is longer than ${LONGEST} characters` };
  const [, major, minor, patch, prerelease, glued] = form.exec(text.trim()) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) {
    return { problem: 'this is not MAJOR.MINOR.PATCH, with a pre-release after it and build metadata after +' };
  }
  const release = [major, minor, patch];
  if (release.some((number) => Number(number) > LARGEST)) return { problem: `a number is above ${LARGEST}` };
  return { release: release.map(numeral), prerelease: (prerelease ?? glued)?.split('.').map(identifier) ?? [] };
}

const identifier = (text: string) => (isDigits(text) ? numeral(text) : text);

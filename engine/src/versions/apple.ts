import { compareDottedNumbers, parseDottedNumbers } from './dotted-numbers.ts';
import { compareNumbers, compareTexts } from './numbers.ts';
import { isUnparsable, type Order, type Unparsable, type VersionScheme } from './scheme.ts';

/** `14.1.2`, or `13.4.1 (a)` with a rapid security response; or a build as `23B92`. */
export type AppleVersion =
  | { kind: 'build'; major: string; train: string; number: string; letter: string }
  | { kind: 'version'; numbers: string[]; response: string };

const response = /^([0-9.]+)(?: ?\(([a-z])\))?$/;
const build = /^([1-9][0-9]?)([A-Z])([0-9]{1,6})([a-z]?)$/;

/**
 * Versions of macOS, iOS, iPadOS, tvOS, watchOS and visionOS. A rapid security response comes after the version that it is
 * for. A build tells nothing of the version it belongs to: all builds come before all versions, only so that there is one
 * order, and whoever has both compares each with its own kind.
 */
export const apple: VersionScheme<AppleVersion> = { parse, compare };

function parse(text: string): AppleVersion | Unparsable {
  const [, major, train, digits, letter] = build.exec(text) ?? [];
  if (major && train && digits !== undefined && letter !== undefined)
    return parseBuild({ major, train, digits, letter });
  const [, dotted = text, responseLetter = ''] = response.exec(text) ?? [];
  const numbers = parseDottedNumbers(dotted);
  return isUnparsable(numbers) ? numbers : { kind: 'version', numbers, response: responseLetter };
}

function parseBuild(of: Record<'major' | 'train' | 'digits' | 'letter', string>): AppleVersion | Unparsable {
  const { major, train, digits, letter } = of;
  const number = numberOf(Number(major), digits, letter);
  if (number === null) return { problem: 'the number of the build has no known meaning' };
  return { kind: 'build', major, train, number, letter };
}

/**
 * Since Darwin 21 the thousands of a build name the branch for some devices, and 5 a beta: 23F6081 is 23F81, and 23F5081a
 * its beta. A response for 25D2128, which is build 128, is 25D771280a. Seen in the feeds of SOFA.
 */
function numberOf(major: number, digits: string, letter: string): string | null {
  if (digits.length <= 3) return digits;
  if (digits.length === 6) return letter !== '' && /^77[0-9]{3}0$/.test(digits) ? digits.slice(2, 5) : null;
  if (digits.length === 5) return major < 21 ? digits : null;
  return major < 21 || digits.startsWith('1') ? digits : digits.slice(1);
}

function compare(a: AppleVersion, b: AppleVersion): Order {
  if (a.kind === 'version' && b.kind === 'version') {
    return compareDottedNumbers(a.numbers, b.numbers) || compareTexts(a.response, b.response);
  }
  if (a.kind === 'version') return 1;
  if (b.kind === 'version') return -1;
  return (
    compareNumbers(a.major, b.major) ||
    compareTexts(a.train, b.train) ||
    compareNumbers(a.number, b.number) ||
    compareTexts(a.letter, b.letter)
  );
}

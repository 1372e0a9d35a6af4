import { compareEvr, type Evr, parseEvr } from './evr.ts';
import { compareNumbers, compareTexts, endOfDigits, endOfLetters, isDigit, isLetter } from './numbers.ts';
import { isUnparsable, type Order, type Unparsable, type VersionScheme } from './scheme.ts';

const odd = /[^!-~]|[:/-]/;
const endsInSeparator = /[^A-Za-z0-9]$/;
const pkgrel = /^[0-9]+(?:\.[0-9]+)?$/;

/**
 * Versions of Arch Linux. Rules: vercmp(8), PKGBUILD(5), and how alpm_pkg_vercmp of libalpm answers. It calls a version
 * without a release the same as one with any release, and gives no transitive order to those that end in a separator:
 * here the former come before all releases, and the latter are no versions.
 */
export const pacman: VersionScheme<Evr> = { parse, compare };

function parse(text: string): Evr | Unparsable {
  const evr = parseEvr(text);
  if (isUnparsable(evr)) return evr;
  if (odd.test(evr.version)) return { problem: 'the version has a character that is not allowed' };
  if (endsInSeparator.test(evr.version))
    return { problem: 'the version ends in a separator, and so has no clear place' };
  if (evr.release !== null && !pkgrel.test(evr.release)) return { problem: 'the release is not a number' };
  return evr;
}

function compare(a: Evr, b: Evr): Order {
  return compareEvr(a, b, compareSegments);
}

/** Segments of letters or digits one by one; between them counts how many separators there are, not which. */
function compareSegments(a: string, b: string): Order {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const startOfA = startOfSegment(a, i);
    const startOfB = startOfSegment(b, j);
    const separators = startOfA - i - (startOfB - j);
    if (separators !== 0) return separators < 0 ? -1 : 1;
    const isNumber = isDigit(a.charCodeAt(startOfA));
    if (isNumber !== isDigit(b.charCodeAt(startOfB))) return isNumber ? 1 : -1;
    i = isNumber ? endOfDigits(a, startOfA) : endOfLetters(a, startOfA);
    j = isNumber ? endOfDigits(b, startOfB) : endOfLetters(b, startOfB);
    const compareBoth = isNumber ? compareNumbers : compareTexts;
    const order = compareBoth(a.slice(startOfA, i), b.slice(startOfB, j));
    if (order !== 0) return order;
  }
  if (i === a.length && j === b.length) return 0;
  // What goes on is newer, unless letters follow at once: 1.0rc1 comes before 1.0.
  if (i === a.length) return isLetter(b.charCodeAt(j)) ? 1 : -1;
  return isLetter(a.charCodeAt(i)) ? -1 : 1;
}

function startOfSegment(text: string, from: number): number {
  let start = from;
  while (!isDigit(text.charCodeAt(start)) && !isLetter(text.charCodeAt(start))) start++;
  return start;
}

import { compareEvr, type Evr, parseEvr } from './evr.ts';
import { compareNumbers, compareTexts, endOfDigits, endOfLetters, isDigit, isLetter } from './numbers.ts';
import { isUnparsable, type Order, type Unparsable, type VersionScheme } from './scheme.ts';

const LARGEST_EPOCH = String(2 ** 32 - 1);

const odd = /[^A-Za-z0-9._+~^]/;

/**
 * Versions of Red Hat, SUSE, Amazon and their kin. Rules: rpm-version(7). Accepted is what a package can be built with;
 * a version without a release comes before the same with any, as rpm has it.
 */
export const rpm: VersionScheme<Evr> = { parse, compare };

function parse(text: string): Evr | Unparsable {
  const evr = parseEvr(text);
  if (isUnparsable(evr)) return evr;
  if (compareNumbers(evr.epoch, LARGEST_EPOCH) > 0) return { problem: 'the epoch is too big' };
  return problemIn('version', evr.version) ?? problemIn('release', evr.release ?? '') ?? evr;
}

function problemIn(what: string, text: string): Unparsable | null {
  if (odd.test(text)) return { problem: `the ${what} has a character that is not allowed` };
  if (text.includes('..')) return { problem: `the ${what} has two dots in a row` };
  return null;
}

function compare(a: Evr, b: Evr): Order {
  return compareEvr(a, b, compareSegments);
}

/** Segments one by one, each of letters, of digits, a tilde or a caret; other characters only separate them. */
function compareSegments(a: string, b: string): Order {
  let i = 0;
  let j = 0;
  for (;;) {
    i = startOfSegment(a, i);
    j = startOfSegment(b, j);
    const difference = rankAt(a, i) - rankAt(b, j);
    if (difference !== 0) return difference < 0 ? -1 : 1;
    if (i === a.length) return 0;
    const endOfA = endOfSegment(a, i);
    const endOfB = endOfSegment(b, j);
    const compareBoth = isDigit(a.charCodeAt(i)) ? compareNumbers : compareTexts;
    const order = compareBoth(a.slice(i, endOfA), b.slice(j, endOfB));
    if (order !== 0) return order;
    i = endOfA;
    j = endOfB;
  }
}

function startOfSegment(text: string, from: number): number {
  let start = from;
  while (start < text.length && /[._+]/.test(text.charAt(start))) start++;
  return start;
}

/** The tilde sorts before the end, the caret right after it, then letters, then digits. */
function rankAt(text: string, at: number): number {
  if (at === text.length) return 1;
  const code = text.charCodeAt(at);
  if (isDigit(code)) return 4;
  if (isLetter(code)) return 3;
  return code === 126 ? 0 : 2;
}

function endOfSegment(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (isDigit(code)) return endOfDigits(text, start);
  return isLetter(code) ? endOfLetters(text, start) : start + 1;
}

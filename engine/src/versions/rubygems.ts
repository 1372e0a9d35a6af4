import { compareNumbers, compareTexts } from './numbers.ts';
import { isDigits, type Numeral, numeral, withoutZerosAtEnd } from './numerals.ts';
import type { Order, Unparsable, VersionScheme } from './scheme.ts';

const form = /^[0-9]+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/**
 * Versions of Ruby gems, in the order of Gem::Version: numbers and words take turns, words make a pre-release. The empty
 * text, which Gem::Version takes for 0, is no version here, because an unknown version is not an old one.
 */
export const rubygems: VersionScheme<readonly string[]> = { parse, compare };

/** Numbers and words, without the zeros that end the numbers before the first word, and those that end everything. */
function parse(text: string): readonly string[] | Unparsable {
  const whole = text.trim();
  if (!form.test(whole)) return { problem: 'this is not digits, and letters and digits between dots' };
  const segments = (whole.replaceAll('-', '.pre.').match(/[0-9]+|[A-Za-z]+/g) ?? []).map(segment);
  const firstWord = segments.findIndex((part) => !isDigits(part));
  if (firstWord === -1) return withoutZerosAtEnd(segments);
  return [...withoutZerosAtEnd(segments.slice(0, firstWord)), ...withoutZerosAtEnd(segments.slice(firstWord))];
}

const segment = (text: string): Numeral | string => (isDigits(text) ? numeral(text) : text);

/** What one of them lacks counts as 0, so that a word there makes the longer one the older. */
function compare(a: readonly string[], b: readonly string[]): Order {
  const longest = Math.max(a.length, b.length);
  for (let i = 0; i < longest; i++) {
    const order = compareSegments(a[i] ?? '0', b[i] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** Words before numbers. */
function compareSegments(a: string, b: string): Order {
  const isNumber = isDigits(a);
  if (isNumber !== isDigits(b)) return isNumber ? 1 : -1;
  return isNumber ? compareNumbers(a, b) : compareTexts(a, b);
}

import { parseEbuildParts } from './ebuild-parts.ts';
import { compareNumbers, compareTexts } from './numbers.ts';
import { isUnparsable, type Order, type Unparsable, type VersionScheme } from './scheme.ts';
import { type Token, tokenOrder } from './token-order.ts';

/** From the oldest to the newest at the same place of a version. */
const suffixRanks = new Map([
  ['alpha', 0],
  ['beta', 1],
  ['pre', 2],
  ['rc', 3],
  ['p', 5],
]);
const REVISION = 4;
const LETTER = 6;
const NUMBER = 7;
const FIRST_NUMBER = 8;

/** Versions of Gentoo. Rules: Package Manager Specification, chapter 3, version specifications and comparison. */
export const portage: VersionScheme<Token[]> = { parse, compare: tokenOrder(REVISION, compareSame) };

function parse(text: string): Token[] | Unparsable {
  const parts = parseEbuildParts(text);
  if (isUnparsable(parts)) return parts;
  const { numbers, letter, suffixes, hash, revision } = parts;
  if (hash !== '') return { problem: 'the version has a tilde in it' };
  const tokens = numbers.map((text, at) => ({ rank: at === 0 ? FIRST_NUMBER : NUMBER, text }));
  if (letter !== '') tokens.push({ rank: LETTER, text: letter });
  for (const { name, number } of suffixes) {
    const rank = suffixRanks.get(name);
    if (rank === undefined) return { problem: 'a suffix is none of those that Gentoo knows' };
    tokens.push({ rank, text: number });
  }
  // A version without a revision is the one with revision 0.
  tokens.push({ rank: REVISION, text: revision });
  return tokens;
}

function compareSame(a: Token, b: Token): Order {
  if (a.rank === LETTER) return compareTexts(a.text, b.text);
  // A number with a leading zero is like the digits behind a decimal point.
  const isFraction = a.rank === NUMBER && (a.text.startsWith('0') || b.text.startsWith('0'));
  return isFraction ? compareTexts(withoutLastZeros(a.text), withoutLastZeros(b.text)) : compareNumbers(a.text, b.text);
}

function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
}

import { generic } from './generic.ts';
import { compareNumbers, compareTexts, endOfDigits, endOfLetters, isDigit, isLetter } from './numbers.ts';
import { isUnparsable, type Order, type Unparsable, type VersionScheme } from './scheme.ts';
import { type Token, tokenOrder } from './token-order.ts';

/** `1.2.3_1` of a formula has a revision, `1.2.3,45` of a cask has a rest; without them they are 0 and nothing. */
export interface HomebrewVersion {
  version: Token[];
  revision: string;
  rest: Token[];
}

const LETTERS = 1;
const NUMBER = 2;

const compareRests = tokenOrder(0, (a, b) =>
  a.rank === NUMBER ? compareNumbers(a.text, b.text) : compareTexts(a.text, b.text),
);

/**
 * Formulae and casks of Homebrew. The version itself is read like that of any program, then the revision counts, then what
 * a cask has behind its comma: numbers by value, letters by the alphabet, as Homebrew itself orders them.
 */
export const homebrew: VersionScheme<HomebrewVersion> = { parse, compare };

function parse(text: string): HomebrewVersion | Unparsable {
  if (/^(?:HEAD|latest)(?:$|[-_,])/.test(text)) return { problem: 'HEAD and latest name no version' };
  const comma = text.indexOf(',');
  const before = comma === -1 ? text : text.slice(0, comma);
  const after = comma === -1 ? '' : text.slice(comma + 1);
  if (comma !== -1 && !/^[A-Za-z0-9.,:_+-]+$/.test(after)) return { problem: 'what follows the comma is no version' };
  const underscore = before.lastIndexOf('_');
  const isRevised = underscore !== -1 && /^[0-9]+$/.test(before.slice(underscore + 1));
  const version = generic.parse(isRevised ? before.slice(0, underscore) : before);
  if (isUnparsable(version)) return version;
  return { version, revision: isRevised ? before.slice(underscore + 1) : '0', rest: tokensIn(after) };
}

function tokensIn(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const end = isDigit(code) ? endOfDigits(text, at) : isLetter(code) ? endOfLetters(text, at) : at + 1;
    if (isDigit(code) || isLetter(code))
      tokens.push({ rank: isDigit(code) ? NUMBER : LETTERS, text: text.slice(at, end) });
    at = end;
  }
  return tokens;
}

function compare(a: HomebrewVersion, b: HomebrewVersion): Order {
  return (
    generic.compare(a.version, b.version) || compareNumbers(a.revision, b.revision) || compareRests(a.rest, b.rest)
  );
}

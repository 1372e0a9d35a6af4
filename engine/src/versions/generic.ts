import { compareNumbers, compareTexts, endOfDigits, endOfLetters, isDigit, isLetter } from './numbers.ts';
import type { Order, Unparsable, VersionScheme } from './scheme.ts';
import { type Token, tokenOrder } from './token-order.ts';

const END = 4;
const LETTER = 5;
const AFTER = 6;
const NUMBER = 7;

/** What words say of the release that they stand behind: that it is not there yet, or that it was changed since. */
const words = new Map<string, number>([
  ...['alpha', 'a'].map((word) => [word, 0] as const),
  ...['beta', 'b'].map((word) => [word, 1] as const),
  ...['milestone', 'm', 'pre', 'preview'].map((word) => [word, 2] as const),
  ...['rc', 'cr'].map((word) => [word, 3] as const),
  ...['patch', 'p', 'pl', 'sp', 'servicepack', 'update', 'u', 'cumulativeupdate'].map((word) => [word, AFTER] as const),
  ...['fixpack', 'hotfix', 'rev', 'r'].map((word) => [word, AFTER] as const),
]);
/** Words that only say what the next number is, or that this is the release itself. */
const silent = new Set(['build', 'final', 'release', 'ga']);

/**
 * Programs that follow no published scheme, as they are found on desktops and in the NVD: numbers with dots, a letter
 * (1.0.2k), and words that are known to come before or after the release. Numbers that are 0 at the end do not count.
 * Whatever else there is in a version, a hash or a word of its maker, has no place in an order.
 */
export const generic: VersionScheme<Token[]> = { parse, compare: tokenOrder(END, compareSame) };

function parse(text: string): Token[] | Unparsable {
  const plain = withoutBrackets(/^v[0-9]/i.test(text) ? text.slice(1) : text);
  if (!isDigit(plain.charCodeAt(0))) return { problem: 'the version does not start with a number' };
  const tokens: Token[] = [];
  let at = 0;
  while (at < plain.length) {
    const isSeparated = at > 0 && separators.has(plain.charAt(at));
    const start = isSeparated ? at + 1 : at;
    const read = isDigit(plain.charCodeAt(start)) ? readNumber(plain, start) : readWord(plain, start, isSeparated);
    if ('problem' in read) return read;
    if (read.token) add(tokens, read.token);
    at = read.end;
  }
  dropZeros(tokens);
  return tokens;
}

const separators = new Set(['.', '-', '_', '+', ' ']);

type Read = { token: Token | null; end: number };

/** `5.17.11 (34827)` has a fourth number. */
function withoutBrackets(text: string): string {
  const open = text.indexOf('(');
  if (open === -1 || text.indexOf(')') !== text.length - 1) return text;
  return `${text.slice(0, text.charAt(open - 1) === ' ' ? open - 1 : open)}.${text.slice(open + 1, -1)}`;
}

function readNumber(text: string, start: number): Read {
  const end = endOfDigits(text, start);
  return { token: { rank: NUMBER, text: text.slice(start, end) }, end };
}

function readWord(text: string, start: number, isSeparated: boolean): Read | Unparsable {
  const end = isSeparated ? endOfWord(text, start) : endOfLetters(text, start);
  if (end === start) return { problem: 'the version has a character where a number or a word should be' };
  const word = text.slice(start, end).replaceAll(/[_ ]/g, '').toLowerCase();
  const isNumbered = isDigit(text.charCodeAt(end));
  if (!isSeparated && !isNumbered && /^z?[a-z]$/.test(word)) return { token: { rank: LETTER, text: word }, end };
  if (silent.has(word)) return { token: null, end };
  const rank = words.get(word);
  // One letter means a word only right before its number, and b behind a separator is a build as often as a beta.
  const isUnclear = word.length === 1 && (!isNumbered || (isSeparated && (word === 'a' || word === 'b')));
  if (rank === undefined || isUnclear)
    return { problem: `what ${JSON.stringify(shown(word))} says of the order is not known` };
  return { token: { rank, text: '' }, end };
}

/** Letters, and more of them behind `_` or a space: `service_pack`. */
function endOfWord(text: string, start: number): number {
  let end = endOfLetters(text, start);
  while (end > start && (text.charAt(end) === '_' || text.charAt(end) === ' ') && isLetter(text.charCodeAt(end + 1))) {
    end = endOfLetters(text, end + 1);
  }
  return end;
}

const shown = (word: string) => (word.length > 20 ? `${word.slice(0, 20)}…` : word);

/** Before anything but a number, zeros add nothing: 1.0-rc1 is 1-rc1. */
function add(tokens: Token[], token: Token): void {
  if (token.rank !== NUMBER) dropZeros(tokens);
  tokens.push(token);
}

function dropZeros(tokens: Token[]): void {
  while (tokens.length > 0 && /^0+$/.test(tokens.at(-1)?.text ?? '')) tokens.pop();
}

function compareSame(a: Token, b: Token): Order {
  return a.rank === NUMBER ? compareNumbers(a.text, b.text) : compareTexts(a.text, b.text);
}

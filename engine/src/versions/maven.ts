import { compareNumbers, compareTexts } from './numbers.ts';
import { isDigits, type Numeral, numeral } from './numerals.ts';
import type { Order, Unparsable, VersionScheme } from './scheme.ts';

/**
 * What Maven holds as a list in a list in a list: each list has its child at its end, so one row of parts says the same,
 * and a comparison needs no recursion, however long the version is.
 */
export type MavenVersion = readonly Part[];

/** A list that begins, a number, or a word. */
type Part = typeof LIST | { number: Numeral } | Qualifier;

interface Qualifier {
  /** Its place among the known ones; unknown ones all have the last place, and order by their texts there. */
  rank: number;
  text: string;
}

const LIST = 'list' as const;

/** In the order of Maven; the empty one is a release. */
const qualifiers = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const RELEASE = qualifiers.indexOf('');
const aliases = new Map(Object.entries({ ga: '', final: '', release: '', cr: 'rc' }));
const shorthands = new Map(Object.entries({ a: 'alpha', b: 'beta', m: 'milestone' }));

/** Maven refuses these in the version of a project; white space and what is not ASCII cannot be told apart by eye. */
const odd = /[^!-~]|[\\/:"<>|?*[\](){},]/;

/**
 * Versions of Maven artifacts, in the order of ComparableVersion of Maven 3.9: maven.apache.org/pom.html, "Version Order
 * Specification". Maven's own order has circles, as 1.foo-1 < 1-alpha < 1 < 1.foo-1, because it only looks at the first
 * part that differs. Here what makes a version older or newer than what both have in common decides first.
 */
export const maven: VersionScheme<MavenVersion> = { parse, compare };

function parse(text: string): MavenVersion | Unparsable {
  if (text === '') return { problem: 'the version is empty' };
  if (odd.test(text)) return { problem: 'the version has a character that Maven does not allow' };
  return withoutNulls(partsOf(text.toLowerCase()));
}

/** A hyphen begins a list, and so does each change between digits and letters. */
function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  // A word begins a list of its own, if a number stands before it in the same one.
  const addLoneWord = (part: Part) =>
    parts.push(...(parts.length > 0 && parts.at(-1) !== LIST ? [LIST, part] : [part]));
  const tokens = text.match(/[0-9]+|[^0-9.-]+|[.-]/g) ?? [];
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    const isSeparator = token === '.' || token === '-';
    const isNumber = isDigits(token);
    const isNextSeparator = next === '.' || next === '-';
    if (isSeparator) {
      const before = tokens[at - 1];
      if (before === undefined || before === '.' || before === '-') parts.push({ number: '0' });
      if (token === '-') parts.push(LIST);
    } else if (isNumber) {
      parts.push({ number: numeral(token) });
      if (next !== undefined && !isNextSeparator) parts.push(LIST);
    } else if (isNextSeparator) {
      parts.push(qualifier(token));
    } else if (next === undefined) {
      addLoneWord(qualifier(token));
    } else {
      addLoneWord(qualifier(shorthands.get(token) ?? token));
      parts.push(LIST);
    }
  }
  return parts;
}

function qualifier(word: string): Qualifier {
  const text = aliases.get(word) ?? word;
  const rank = qualifiers.indexOf(text);
  return rank === -1 ? { rank: qualifiers.length, text } : { rank, text: '' };
}

/** Drops zeros and releases at the end of each list, and then the lists at the end that have nothing in them. */
function withoutNulls(parts: readonly Part[]): Part[] {
  const kept: Part[] = [];
  for (const part of [...parts, LIST] as const) {
    if (part === LIST) while (kept.length > 0 && kept.at(-1) !== LIST && signOf(kept.at(-1)) === 0) kept.pop();
    kept.push(part);
  }
  while (kept.at(-1) === LIST) kept.pop();
  return kept;
}

/** Whether a part stands before or after nothing at all. */
function signOf(part: Part | undefined): Order {
  if (part === undefined || part === LIST) return 0;
  if ('number' in part) return part.number === '0' ? 0 : 1;
  return orderOf(part.rank - RELEASE);
}

/** Decided where they first differ: by what the rest of each is to a release, and then by the parts that differ. */
function compare(a: MavenVersion, b: MavenVersion): Order {
  let at = 0;
  while (at < a.length && at < b.length && compareParts(a[at], b[at]) === 0) at++;
  return orderOf(signFrom(a, at) - signFrom(b, at)) || compareParts(a[at], b[at]);
}

/** Words come before lists, and lists before numbers. */
function compareParts(a: Part | undefined, b: Part | undefined): Order {
  if (a === undefined || b === undefined || a === LIST || b === LIST) return orderOf(kindOf(a) - kindOf(b));
  if ('number' in a) return 'number' in b ? compareNumbers(a.number, b.number) : 1;
  if ('number' in b) return -1;
  return orderOf(a.rank - b.rank) || compareTexts(a.text, b.text);
}

const kindOf = (part: Part | undefined) => (part === LIST ? 1 : part !== undefined && 'number' in part ? 2 : 0);

/** Whether the rest of a version stands before or after nothing at all. */
function signFrom(parts: MavenVersion, from: number): Order {
  for (let at = from; at < parts.length; at++) {
    const sign = signOf(parts[at]);
    if (sign !== 0) return sign;
  }
  return 0;
}

const orderOf = (difference: number): Order => (difference === 0 ? 0 : difference < 0 ? -1 : 1);

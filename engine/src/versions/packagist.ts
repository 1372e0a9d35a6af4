import { compareNumbers } from './numbers.ts';
import { type Numeral, numeral } from './numerals.ts';
import type { Order, Unparsable, VersionScheme } from './scheme.ts';

export type PackagistVersion = readonly Part[];

/** A number, or a word, of which only the rank matters. */
interface Part {
  rank: number;
  number?: Numeral;
}

const modifier = '[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?[0-9])*))?([.-]?dev)?$';
const classical = new RegExp(`^v?([0-9]{1,5})(\\.[0-9]+)?(\\.[0-9]+)?(\\.[0-9]+)?${modifier}`, 'i');
const dated = new RegExp(`^v?([0-9]{4}(?:[.:-]?[0-9]{2}){1,6}(?:[.:-]?[0-9]{1,3})?)${modifier}`, 'i');
const branch = /^v?([0-9]+)(\.(?:[0-9]+|[x*]))?(\.(?:[0-9]+|[x*]))?(\.(?:[0-9]+|[x*]))?[.-]?dev$/i;

/** What a branch has for the numbers that it leaves open. */
const OPEN = '9999999';

/** Those of PHP's version_compare. */
const ranks: Record<string, number> = { dev: 0, alpha: 1, a: 1, beta: 2, b: 2, rc: 3, patch: 5, pl: 5, p: 5 };
const RANK_OF_NUMBERS = 4;
/** A version that is over is among the numbers, before all of them. */
const END: Part = { rank: RANK_OF_NUMBERS };

/**
 * Versions of PHP packages: what Composer's VersionParser makes of a text, in the order of PHP's version_compare. Branches
 * that are named (`dev-main`) have no order to Composer either; flags and aliases (`1.0@dev`) belong to requirements.
 */
export const packagist: VersionScheme<PackagistVersion> = { parse, compare };

function parse(text: string): PackagistVersion | Unparsable {
  const whole = text.trim();
  if (/^dev-/i.test(whole) || ['master', 'trunk', 'default'].includes(whole)) {
    return { problem: 'a named branch has no place in the order of versions' };
  }
  const version = whole.replace(/^([^,\s+]+)\+\S+$/, '$1');
  const [, major, minor = '.0', patch = '.0', fourth = '.0', ...modifiers] = classical.exec(version) ?? [];
  if (major !== undefined) return partsOf(`${major}${minor}${patch}${fourth}`, modifiers);
  const [, date, ...dateModifiers] = dated.exec(version) ?? [];
  if (date !== undefined) return partsOf(date, dateModifiers);
  const [isBranch, ...numbers] = branch.exec(version) ?? [];
  if (isBranch === undefined) return { problem: 'this is no version that Composer knows' };
  const closed = Array.from({ length: 4 }, (_, at) => numbers[at]?.replace(/[x*]/i, OPEN) ?? `.${OPEN}`);
  return partsOf(closed.join(''), [undefined, undefined, 'dev']);
}

/** `stable` adds nothing, unless it has capitals: those Composer does not know, and puts before everything. */
function partsOf(numbers: string, [word, digits = '', dev]: (string | undefined)[]): PackagistVersion {
  if (word === 'stable') return numbersIn(numbers);
  const stability = word === undefined ? [] : [{ rank: ranks[word.toLowerCase()] ?? -1 }, ...numbersIn(digits)];
  return [...numbersIn(numbers), ...stability, ...(dev === undefined ? [] : [{ rank: 0 }])];
}

const numbersIn = (text: string): Part[] =>
  (text.match(/[0-9]+/g) ?? []).map((digits) => ({ rank: RANK_OF_NUMBERS, number: numeral(digits) }));

function compare(a: PackagistVersion, b: PackagistVersion): Order {
  const longest = Math.max(a.length, b.length);
  for (let at = 0; at < longest; at++) {
    const order = compareParts(a[at] ?? END, b[at] ?? END);
    if (order !== 0) return order;
  }
  return 0;
}

function compareParts(a: Part, b: Part): Order {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  if (a.number !== undefined && b.number !== undefined) return compareNumbers(a.number, b.number);
  if (a.number === b.number) return 0;
  return a.number === undefined ? -1 : 1;
}

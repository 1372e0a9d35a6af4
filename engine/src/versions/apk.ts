import { parseEbuildParts } from './ebuild-parts.ts';
import { compareNumbers, compareTexts } from './numbers.ts';
import { isUnparsable, type Order, type Unparsable, type VersionScheme } from './scheme.ts';
import { type Token, tokenOrder } from './token-order.ts';

/** From the oldest to the newest at the same place of a version. */
const kinds = [
  ...['alpha', 'beta', 'pre', 'rc', 'end', 'revision', 'hash', 'suffixNumber'],
  ...['cvs', 'svn', 'git', 'hg', 'p', 'letter', 'number', 'firstNumber'],
];
const rankOf = new Map(kinds.map((kind, rank) => [kind, rank]));
const suffixNames = new Set(['alpha', 'beta', 'pre', 'rc', 'cvs', 'svn', 'git', 'hg', 'p']);

const token = (kind: string, text: string): Token => ({ rank: rankOf.get(kind) ?? 0, text });
const { rank: END } = token('end', '');
const { rank: NUMBER } = token('number', '');
const texts = new Set([token('letter', '').rank, token('hash', '').rank]);

/** Versions of Alpine. Rules: apk-package(5) of apk-tools 3, and its list of cases, which tells where a part is missing. */
export const apk: VersionScheme<Token[]> = { parse, compare: tokenOrder(END, compareSame) };

function parse(text: string): Token[] | Unparsable {
  const parts = parseEbuildParts(text);
  if (isUnparsable(parts)) return parts;
  const { numbers, letter, suffixes, hash, revision } = parts;
  const unknown = suffixes.find(({ name }) => !suffixNames.has(name));
  if (unknown) return { problem: 'a suffix is none of those that Alpine knows' };
  const optional = (kind: string, value: string) => (value === '' ? [] : [token(kind, value)]);
  return [
    ...numbers.map((number, at) => token(at === 0 ? 'firstNumber' : 'number', number)),
    ...optional('letter', letter),
    ...suffixes.flatMap(({ name, number }) => [token(name, ''), ...optional('suffixNumber', number)]),
    ...optional('hash', hash),
    ...optional('revision', revision),
  ];
}

function compareSame(a: Token, b: Token): Order {
  // A number with a leading zero is like the digits behind a decimal point.
  const isFraction = a.rank === NUMBER && (a.text.startsWith('0') || b.text.startsWith('0'));
  return isFraction || texts.has(a.rank) ? compareTexts(a.text, b.text) : compareNumbers(a.text, b.text);
}

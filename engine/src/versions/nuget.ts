import { compareLists } from './lists.ts';
import { compareTexts } from './numbers.ts';
import { numeral } from './numerals.ts';
import type { Order, Unparsable, VersionScheme } from './scheme.ts';
import { readIdentifiers } from './semver.ts';

/** Up to four numbers, which fill up with zeros, and the labels of a pre-release. */
export interface NuGetVersion {
  numbers: readonly number[];
  labels: readonly Label[];
}

/** A label that fits into 32 bits is a number, with its sign; any other is a word, in upper case. */
type Label = number | string;

const LARGEST = 2 ** 31 - 1;
const form = /^([0-9]+(?:\.[0-9]+){0,3})(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/;

/**
 * Versions of .NET packages, in the order of NuGet.Versioning: learn.microsoft.com/nuget/concepts/package-versioning. The
 * labels order as in Semantic Versioning, but words without regard to case. Metadata decides nothing.
 */
export const nuget: VersionScheme<NuGetVersion> = { parse, compare };

function parse(text: string): NuGetVersion | Unparsable {
  const [, digits, prerelease, metadata] = form.exec(text.trim()) ?? [];
  if (digits === undefined)
    return { problem: 'this is not one to four numbers, with labels after - and metadata after +' };
  const found = readIdentifiers(prerelease, metadata);
  if ('problem' in found) return found;
  const numbers = digits.split('.').map((part) => Number(numeral(part)));
  if (numbers.some((number) => number > LARGEST)) return { problem: `a number is above ${LARGEST}` };
  return { numbers: [...numbers, 0, 0, 0].slice(0, 4), labels: found.prerelease.map(label) };
}

function label(text: string): Label {
  const number = /^-?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  return number >= -LARGEST - 1 && number <= LARGEST ? number : text.toUpperCase();
}

function compare(a: NuGetVersion, b: NuGetVersion): Order {
  const order = compareLists(a.numbers, b.numbers, compareSmall);
  if (order !== 0) return order;
  if (a.labels.length > 0 && b.labels.length > 0) return compareLists(a.labels, b.labels, compareLabels);
  return compareSmall(b.labels.length, a.labels.length);
}

function compareSmall(a: number, b: number): Order {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Numbers before words. */
function compareLabels(a: Label, b: Label): Order {
  if (typeof a === 'number') return typeof b === 'number' ? compareSmall(a, b) : -1;
  return typeof b === 'number' ? 1 : compareTexts(a, b);
}

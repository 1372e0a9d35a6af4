import { compareDottedNumbers, parseDottedNumbers } from './dotted-numbers.ts';
import { compareNumbers } from './numbers.ts';
import { isUnparsable, type Unparsable, type VersionScheme } from './scheme.ts';

const LARGEST = String(2 ** 32 - 1);

/**
 * Chrome, what is built from it, and its extensions: up to four numbers, of 32 bits, as 124.0.6367.91. Rules: the pages
 * "Version Numbers" of Chromium and "Manifest - version" of its extensions.
 */
export const chrome: VersionScheme<string[]> = { parse, compare: compareDottedNumbers };

function parse(text: string): string[] | Unparsable {
  const numbers = parseDottedNumbers(text);
  if (isUnparsable(numbers)) return numbers;
  if (numbers.length > 4) return { problem: 'the version has more than four numbers' };
  if (numbers.some((number) => number.length > 1 && number.startsWith('0'))) {
    return { problem: 'a number starts with a zero' };
  }
  if (numbers.some((number) => compareNumbers(number, LARGEST) > 0)) return { problem: 'a number is too big' };
  return numbers;
}

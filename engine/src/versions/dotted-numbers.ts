import { compareNumbers } from './numbers.ts';
import type { Order, Unparsable } from './scheme.ts';

const digits = /^[0-9]+$/;

/** The numbers of `1.2.3`, as they are written. */
export function parseDottedNumbers(text: string): string[] | Unparsable {
  if (text === '') return { problem: 'the version is empty' };
  const numbers = text.split('.');
  return numbers.every((number) => digits.test(number)) ? numbers : { problem: 'the version is not numbers with dots' };
}

/** Number by number; one that is not there counts as 0. */
export function compareDottedNumbers(a: readonly string[], b: readonly string[]): Order {
  for (let i = 0; i < a.length || i < b.length; i++) {
    const order = compareNumbers(a[i] ?? '0', b[i] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

import type { Order } from './scheme.ts';

/** The order of two numbers of any length that are written in digits; leading zeros do not count. */
export function compareNumbers(a: string, b: string): Order {
  const startOfA = endOfZeros(a);
  const startOfB = endOfZeros(b);
  const digits = a.length - startOfA - (b.length - startOfB);
  if (digits !== 0) return digits < 0 ? -1 : 1;
  return compareTexts(a.slice(startOfA), b.slice(startOfB));
}

/** The order of two texts by their UTF-16 units. */
export function compareTexts(a: string, b: string): Order {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Where a stretch of digits that starts at `from` ends. */
export function endOfDigits(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** Where a stretch of ASCII letters that starts at `from` ends. */
export function endOfLetters(text: string, from: number): number {
  let end = from;
  while (end < text.length && isLetter(text.charCodeAt(end))) end++;
  return end;
}

export const isDigit = (code: number) => code >= 48 && code <= 57;
export const isLetter = (code: number) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

function endOfZeros(text: string): number {
  let end = 0;
  while (end < text.length && text.charCodeAt(end) === 48) end++;
  return end;
}

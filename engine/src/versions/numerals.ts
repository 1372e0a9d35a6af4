/** A number of any length as its digits, without leading zeros, so that nothing is lost of long ones. */
export type Numeral = string;

export const isDigits = (text: string): boolean => text !== '' && !/[^0-9]/.test(text);

/** The numeral of a text of digits. */
export function numeral(digits: string): Numeral {
  let from = 0;
  while (from < digits.length - 1 && digits.charCodeAt(from) === 48) from++;
  return digits.slice(from);
}

/** Without the zeros at the end of a list of numerals and words. */
export function withoutZerosAtEnd(parts: readonly string[]): string[] {
  let end = parts.length;
  while (end > 0 && parts[end - 1] === '0') end--;
  return parts.slice(0, end);
}

const grouped = new Intl.NumberFormat('en');

/** 12480 → "12,480". */
export const number = (n: number): string => grouped.format(n);

/** "1 host", "3 hosts", "1,204 hosts". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`;

/** Bytes as people say them: 8589934592 → "8.0 GiB". */
export function bytes(n: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = n < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(n) / 10));
  const amount = n / 1024 ** power;
  return `${power === 0 ? amount : amount.toFixed(1)} ${units[power]}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A share of a whole as a percentage; never 0 % or 100 % when it is not. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return '0 %';
  const exact = (part / whole) * 100;
  if (exact > 0 && exact < 1) return '< 1 %';
  if (exact < 100 && exact > 99) return '> 99 %';
  return `${Math.round(exact)} %`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "First found" → "first found"; what is all capitals stays: "CVSS". */
export const inSentence = (title: string): string =>
  title.replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());

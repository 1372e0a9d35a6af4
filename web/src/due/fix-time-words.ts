import { counted } from '../pieces/words.ts';

/** How long it took, in days, or in hours below two days. */
export function fixTimeWords(from: string, to: string): string {
  const hours = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 3_600_000));
  return hours < 48 ? counted(hours, 'hour') : counted(Math.round(hours / 24), 'day');
}

import { number } from '../pieces/words.ts';

/** Whether what is affected can be fixed, from the version with the fix of each. */
export function fixWords(fixes: readonly (string | null)[]): string {
  const fixed = fixes.filter((fix) => fix !== null).length;
  if (fixed === 0) return 'no fix is known';
  if (fixed < fixes.length) return `a fix exists for ${number(fixed)} of ${number(fixes.length)} affected versions`;
  return fixes.length === 1 ? `fixed in ${fixes[0]}` : 'a fix exists for every affected version';
}

import type { EndOfLife } from '@flotilla/contract/end-of-life';
import { duration } from '../pieces/relative-time.ts';

/** "ended 3 months ago", "ends in 12 days", "no date known": when fixes end. */
export function endWords({ eol_date, is_past }: Pick<EndOfLife, 'eol_date' | 'is_past'>, now: number): string {
  if (eol_date === null) return is_past === true ? 'ended' : is_past === false ? 'goes on' : 'no date known';
  // The whole day counts: it is over when the next one begins.
  const seconds = (Date.parse(`${eol_date}T00:00:00Z`) + 86_400_000 - now) / 1_000;
  return seconds < 0 ? `ended ${duration(-seconds)} ago` : `ends in ${duration(seconds)}`;
}

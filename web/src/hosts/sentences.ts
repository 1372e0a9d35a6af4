import { counted, number } from '../pieces/words.ts';
import type { HostCounts } from './use-host-counts.ts';

/** Behind a count: that it is what a search found. */
export const matching = (query: string | undefined, count: number): string =>
  query ? ` ${count === 1 ? 'matches' : 'match'} “${query}”` : '';

/** The sentence the list of hosts opens with. */
export function hostsSentence({ all, online, matching }: HostCounts, filtered: boolean): string {
  if (all === undefined || online === undefined) return '';
  if (all === 0) return 'No host has enrolled yet';
  if (!filtered) return `${counted(all, 'host')}, ${online === all && all > 1 ? 'all' : number(online)} online`;
  if (matching === undefined) return '';
  return `${number(matching)} of ${counted(all, 'host')} ${matching === 1 ? 'matches' : 'match'}`;
}

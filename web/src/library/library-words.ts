import type { PackageStatus } from '@flotilla/contract/packages';
import { counted, number } from '../pieces/words.ts';

/** The three numbers a person asks for: what is there, what is on its way, what went wrong. */
export const tilesOf = (status: PackageStatus) => ({
  installed: status.installed,
  pending: status.pending_install + status.pending_uninstall,
  failed: status.failed_install + status.failed_uninstall,
});

/** What a tile adds up, where both kinds are in it: "2 to install, 1 to uninstall". */
export function tileParts(installs: number, uninstalls: number): string {
  return uninstalls === 0 ? '' : `${number(installs)} to install, ${number(uninstalls)} to uninstall`;
}

/** The sentence the library opens with. */
export function librarySentence(count: number | undefined, query: string | undefined): string {
  if (count === undefined) return '';
  if (query !== undefined) return `${counted(count, 'title')} ${count === 1 ? 'matches' : 'match'} “${query}”`;
  return count === 0 ? 'Nothing can be installed yet' : `${counted(count, 'title')} can be installed on your hosts`;
}

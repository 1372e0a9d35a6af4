import type { Proposal } from '@flotilla/contract/updates';
import { counted } from '../pieces/words.ts';

type Said = Pick<Proposal, 'hosts_count' | 'fix_version' | 'package' | 'why_not' | 'rollout_id'>;

/** What an update would do about a vulnerability, or what is missing for it. */
export function proposalWords({ hosts_count, fix_version, package: found, why_not, rollout_id }: Said): string {
  const hosts = `On ${counted(hosts_count, 'host')}`;
  if (rollout_id !== null) return `${hosts}; a rollout that clears it is under way`;
  if (found === null) {
    const needed =
      fix_version === null ? 'no version with a fix is known yet' : `upload version ${fix_version} or newer`;
    return `${hosts}. ${why_not || `The library has no package that clears it: ${needed}`}`;
  }
  if (why_not !== '') return `${hosts}. ${why_not}`;
  const fixed = fix_version === null ? '' : `, fixed since ${fix_version}`;
  return `${hosts}; ${found.name} in the library clears it${fixed}`;
}

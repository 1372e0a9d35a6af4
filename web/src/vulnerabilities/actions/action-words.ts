import type { Action } from '@flotilla/contract/actions';
import { counted, number } from '../../pieces/words.ts';

/** A figure of an action; one that was not counted by hosts says so. */
export const figure = (n: number, { is_exact }: Pick<Action, 'is_exact'>): string =>
  `${is_exact ? '' : '≈ '}${number(n)}`;

/** "openssl of Debian 12 to 3.0.15-1": what is updated, and to which version. */
export const updateWords = ({ name, fix_version }: Pick<Action, 'name' | 'fix_version'>): string =>
  fix_version === null ? name : `${name} to ${fix_version}`;

type Said = Pick<Action, 'name' | 'fix_version' | 'hosts_count' | 'findings_count' | 'exploited_count' | 'is_exact'>;

/** "Updating Chrome on 312 hosts clears 1,204 findings, 3 of them known exploited": what a colleague would say. */
export function effectWords(action: Said): string {
  const about = action.is_exact ? '' : 'about ';
  const hosts = `${about}${counted(action.hosts_count, 'host')}`;
  const findings = `${about}${counted(action.findings_count, 'finding')}`;
  if (action.fix_version === null)
    return `${action.name} has ${findings} on ${hosts} and no version with a fix is known: accept, remove or watch it`;
  const exploited =
    action.exploited_count === 0 ? '' : `, ${number(action.exploited_count)} known exploited among them`;
  return `Updating ${action.name} on ${hosts} clears ${findings}${exploited}`;
}

import type { HostPolicy } from '@flotilla/contract/policies';
import { counted, number } from '../pieces/words.ts';

const rank = { fail: 0, '': 1, pass: 2 };

/** Failing policies first, then those without an answer; critical ones before others. */
export const worstFirst = (policies: readonly HostPolicy[]): HostPolicy[] =>
  policies.toSorted(
    (a, b) =>
      rank[a.response] - rank[b.response] ||
      Number(b.critical) - Number(a.critical) ||
      a.name.localeCompare(b.name, 'en'),
  );

/** "2 of 5 policies fail, 1 has no answer yet". */
export function policiesSentence(policies: readonly Pick<HostPolicy, 'response'>[]): string {
  if (policies.length === 0) return '';
  const failing = policies.filter(({ response }) => response === 'fail').length;
  const open = policies.filter(({ response }) => response === '').length;
  const all = counted(policies.length, 'policy', 'policies');
  const first =
    failing === 0 ? `None of ${all} fails` : `${number(failing)} of ${all} ${failing === 1 ? 'fails' : 'fail'}`;
  return open === 0 ? first : `${first}, ${number(open)} ${open === 1 ? 'has' : 'have'} no answer yet`;
}

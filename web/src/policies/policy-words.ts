import type { Policy } from '@flotilla/contract/policies';
import { platformName } from '../hosts/platform-names.ts';
import { counted, listed, number } from '../pieces/words.ts';

/** What a policy looks at: osquery's answer, or the version of a title. */
export const kindWord = ({ type }: Pick<Policy, 'type'>): string => (type === 'version' ? 'Version' : 'SQL');

/** Which hosts a policy is about. */
export function scopeWord({ fleet_id }: Pick<Policy, 'fleet_id'>): string {
  if (fleet_id === null) return 'All hosts';
  return fleet_id === 0 ? 'Hosts in no fleet' : `Fleet ${fleet_id}`;
}

/** "macOS and Linux"; empty means all. */
export function platformWords(platform: string): string {
  const names = platform
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  return names.length === 0
    ? 'every platform'
    : listed(names.map((one) => (one === 'linux' ? 'Linux' : platformName(one))));
}

/** The rule of a policy by version as a sentence. */
export function ruleWords(rule: NonNullable<Policy['version_rule']>): string {
  return `Wherever ${rule.title} is installed, it must be at least version ${rule.minimum_version}`;
}

/** The sentence the list opens with; `worst` come with the most failing hosts first. */
export function policiesSentence(count: number | undefined, worst: readonly Policy[] | undefined): string {
  if (count === undefined || worst === undefined) return '';
  if (count === 0) return 'Nothing is asked of your hosts yet';
  const failing = worst.filter(({ failing_host_count }) => failing_host_count > 0);
  const [first] = failing;
  const all = counted(count, 'policy', 'policies');
  if (first === undefined) return `None of ${all} fails on any host`;
  const many =
    failing.length === worst.length && worst.length < count
      ? `${number(failing.length)} or more`
      : number(failing.length);
  const where = `${first.name} on ${counted(first.failing_host_count, 'host')}`;
  return `${many} of ${all} ${failing.length === 1 ? 'fails' : 'fail'}: ${where}${failing.length > 1 ? ', the most' : ''}`;
}

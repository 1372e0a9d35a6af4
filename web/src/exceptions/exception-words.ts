import type { ExceptionStatus, Justification, VulnerabilityException } from '@flotilla/contract/exceptions';

export const statusWords: Record<ExceptionStatus, string> = {
  accepted: 'Accepted',
  not_affected: 'Not affected',
  false_positive: 'False positive',
};

/** What is chosen in a form. */
export const statusChoices: { value: ExceptionStatus; label: string }[] = [
  { value: 'accepted', label: 'The risk is accepted' },
  { value: 'not_affected', label: 'It does not affect us' },
  { value: 'false_positive', label: 'It is a false positive: this software does not have it' },
];

export const justificationWords: Record<Justification, string> = {
  component_not_present: 'the vulnerable component is not there',
  vulnerable_code_not_present: 'the vulnerable code is not there',
  vulnerable_code_not_in_execute_path: 'the vulnerable code is never run',
  vulnerable_code_cannot_be_controlled_by_adversary: 'no attacker can reach the vulnerable code',
  inline_mitigations_already_exist: 'protections against it are built in',
};

/** On which hosts it counts, in words. */
export function scopeWords({ kind, name }: VulnerabilityException['scope']): string {
  if (kind === 'everything') return 'every host';
  if (name === null) return `a ${kind} that is gone`;
  return kind === 'host' ? `the host ${name}` : kind === 'label' ? `hosts with the label ${name}` : `hosts in ${name}`;
}

/** What it is about besides the vulnerability; empty for all software. */
export const softwareWords = ({ title, version }: Pick<VulnerabilityException, 'title' | 'version'>): string =>
  title?.name ?? (version === null ? '' : `${version.name} ${version.version}`);

const endedWords: Record<NonNullable<VulnerabilityException['ended_why']>, string> = {
  expired: 'its time was over',
  ended: 'ended by hand',
  replaced: 'a newer document stands in its place',
  scope_gone: 'what it was for is gone',
};

export const whyEnded = ({ ended_why, ended_by }: VulnerabilityException): string =>
  ended_why === null ? '' : ended_by ? `ended by ${ended_by.name}` : endedWords[ended_why];

/** A day of a date field, at its end where the person is, as the API takes it; undefined for none. */
export function endOfDay(day: string): string | undefined {
  const at = new Date(`${day}T23:59:59`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** So many days from a moment, as a date field shows it. */
export function dayAfter(now: Date, days: number): string {
  const at = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

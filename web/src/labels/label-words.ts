import type { Criteria, Label } from '@flotilla/contract/labels';
import { platformName } from '../hosts/platform-names.ts';

type Kind = Label['label_membership_type'];

export const kindNames: Record<Kind, string> = {
  dynamic: 'Dynamic',
  manual: 'Manual',
  host_vitals: 'By vitals',
};

export const vitalNames: Record<Criteria['vital'], string> = {
  platform: 'Platform',
  os_version: 'Operating system',
  hostname: 'Host name',
  hardware_serial: 'Serial number',
};

/** How hosts become members, in a sentence. */
export function membershipWords({
  label_membership_type: kind,
  label_type: type,
  platform,
  criteria,
}: Pick<Label, 'label_membership_type' | 'label_type' | 'platform' | 'criteria'>): string {
  if (type === 'builtin') return 'Built in: kept by the server';
  if (kind === 'manual') return 'People put it on hosts and take it off';
  if (kind === 'dynamic') {
    const on = platform === '' ? '' : ` on ${platformName(platform)}`;
    return `Hosts${on} for which its query finds a row; asked with every inventory`;
  }
  return criteria
    ? `Hosts whose ${vitalNames[criteria.vital].toLowerCase()} is “${criteria.value}”`
    : 'By what the server knows of a host';
}

/** Host names as people paste them: one a line, or with commas. */
export const hostNames = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,;]/)
      .map((name) => name.trim())
      .filter(Boolean),
  ),
];

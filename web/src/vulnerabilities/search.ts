import { vulnerabilityOrderKeys } from '@flotilla/contract/vulnerabilities';
import { type ListSearch, oneOf, readListSearch } from '../pieces/url-state.ts';
import type { leastScores } from './severity-words.ts';

export interface VulnerabilitiesSearch extends ListSearch {
  order_key?: (typeof vulnerabilityOrderKeys)[number];
  /** Only those known to be used in attacks. */
  exploit?: 'true';
  /** The least that is shown. */
  severity?: keyof typeof leastScores;
}

/** What the list of vulnerabilities keeps in the address. */
export const readVulnerabilitiesSearch = (raw: Record<string, unknown>): VulnerabilitiesSearch => ({
  ...readListSearch(raw, vulnerabilityOrderKeys),
  exploit: oneOf(raw.exploit, ['true']),
  severity: oneOf(raw.severity, ['critical', 'high', 'medium']),
});

/** What the page of one keeps in the address: where in its findings one is. */
export function readVulnerabilitySearch(raw: Record<string, unknown>): Pick<ListSearch, 'page' | 'per_page'> {
  const { page, per_page } = readListSearch(raw, []);
  return { page, per_page };
}

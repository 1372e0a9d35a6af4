import { vulnerabilityOrderKeys } from '@flotilla/contract/vulnerabilities';
import { type ListSearch, oneOf, readListSearch } from '../pieces/url-state.ts';

export interface VulnerabilitiesSearch extends ListSearch {
  order_key?: (typeof vulnerabilityOrderKeys)[number];
  /** Only those known to be used in attacks. */
  exploit?: 'true';
}

/** What the list of vulnerabilities keeps in the address. */
export const readVulnerabilitiesSearch = (raw: Record<string, unknown>): VulnerabilitiesSearch => ({
  ...readListSearch(raw, vulnerabilityOrderKeys),
  exploit: oneOf(raw.exploit, ['true']),
});

/** What the page of one keeps in the address: where in its findings one is. */
export function readVulnerabilitySearch(raw: Record<string, unknown>): Pick<ListSearch, 'page' | 'per_page'> {
  const { page, per_page } = readListSearch(raw, []);
  return { page, per_page };
}

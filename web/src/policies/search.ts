import { type ListSearch, oneOf, readListSearch } from '../pieces/url-state.ts';

export const policyOrderKeys = ['name', 'failing_host_count', 'passing_host_count'] as const;
type Raw = Record<string, unknown>;

export interface PoliciesSearch extends ListSearch {
  order_key?: (typeof policyOrderKeys)[number];
}

/** What the list of policies keeps in the address. */
export const readPoliciesSearch = (raw: Raw): PoliciesSearch => readListSearch(raw, policyOrderKeys);

export const responses = ['fail', 'pass', 'none'] as const;

export interface PolicySearch extends ListSearch {
  response?: (typeof responses)[number];
}

/** What the page of a policy keeps in the address: which of its hosts are shown. */
export function readPolicySearch(raw: Raw): PolicySearch {
  const { page, per_page } = readListSearch(raw, []);
  return { page, per_page, response: oneOf(raw.response, responses) };
}

import { actionOrderKeys } from '@flotilla/contract/actions';
import { titleOrderKeys } from '@flotilla/contract/software';
import { vulnerabilityOrderKeys } from '@flotilla/contract/vulnerabilities';
import { type EvidenceSearch, readEvidence } from '../evidence/evidence-search.ts';
import { type ListSearch, oneOf, readListSearch, wholeNumber } from '../pieces/url-state.ts';
import type { leastScores } from './severity-words.ts';

export const groups = ['action', 'cve', 'software'] as const;
export type Group = (typeof groups)[number];

const orderKeys = { action: actionOrderKeys, cve: vulnerabilityOrderKeys, software: titleOrderKeys };
type OrderKey = (typeof orderKeys)[Group][number];

export interface VulnerabilitiesSearch extends ListSearch {
  group?: Group;
  order_key?: OrderKey;
  /** Only those known to be used in attacks. */
  exploit?: 'true';
  /** The least that is shown. */
  severity?: keyof typeof leastScores;
  /** Only actions that the library has a package for. */
  ready?: 'true';
}

/** What the list of vulnerabilities keeps in the address. */
export function readVulnerabilitiesSearch(raw: Record<string, unknown>): VulnerabilitiesSearch {
  const group = oneOf(raw.group, groups);
  const search = {
    group,
    ...readListSearch(raw, group ? orderKeys[group] : vulnerabilityOrderKeys),
    exploit: oneOf(raw.exploit, ['true'] as const),
    severity: oneOf(raw.severity, ['critical', 'high', 'medium'] as const),
    ready: oneOf(raw.ready, ['true'] as const),
  };
  return search;
}

/** An address with filters and no group is from when there was one list only, that of CVEs. */
export function groupOf({ group, query, exploit, severity, order_key, page }: VulnerabilitiesSearch): Group {
  const isOld = [query, exploit, severity, order_key, page].some((one) => one !== undefined);
  return group ?? (isOld ? 'cve' : 'action');
}

/** The search of a view that sorts by keys of its own. */
export const sortedBy = <K extends OrderKey>(search: VulnerabilitiesSearch, keys: readonly K[]) => ({
  ...search,
  order_key: oneOf(search.order_key, keys),
});

/** What the page of one keeps in the address: where in its findings one is, and what is explained. */
export function readVulnerabilitySearch(
  raw: Record<string, unknown>,
): Pick<ListSearch, 'page' | 'per_page'> & EvidenceSearch {
  const { page, per_page } = readListSearch(raw, []);
  return { page, per_page, ...readEvidence(raw) };
}

/** The id in the address of an action; 0 is none. */
export const actionId = (text: string): number => wholeNumber(text, 1) ?? 0;

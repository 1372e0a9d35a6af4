import { type EvidenceSearch, readEvidence } from '../evidence/evidence-search.ts';
import { type ListSearch, moment, oneOf, readListSearch, text, wholeNumber } from '../pieces/url-state.ts';
import { readTask } from '../tasks/task-search.ts';
import { type ShownState, shownStates } from '../vulnerabilities/finding-states.ts';

export const statuses = ['online', 'offline', 'missing', 'new'] as const;

type Raw = Record<string, unknown>;

/** What narrows the list of hosts, besides the fleet. */
export interface HostFilter {
  query?: string;
  status?: (typeof statuses)[number];
  platform?: string;
  label_id?: number;
  policy_id?: number;
  policy_response?: 'passing' | 'failing';
  software_title_id?: number;
  software_version_id?: number;
  os_version_id?: number;
  vulnerability?: string;
  /** Only those a recommended action concerns. */
  action_id?: number;
  /** Less free disk than this, in gigabytes. */
  low_disk_space?: number;
}

export interface HostsSearch<K extends string = string> extends ListSearch, HostFilter {
  order_key?: K;
  query?: string;
}

/** What the list of hosts keeps in the address. */
export function readHostsSearch<K extends string>(raw: Raw, keys: readonly K[]): HostsSearch<K> {
  return {
    ...readListSearch(raw, keys),
    status: oneOf(raw.status, statuses),
    platform: text(raw.platform),
    label_id: wholeNumber(raw.label_id, 1),
    policy_id: wholeNumber(raw.policy_id, 1),
    policy_response: oneOf(raw.policy_response, ['passing', 'failing']),
    software_title_id: wholeNumber(raw.software_title_id, 1),
    software_version_id: wholeNumber(raw.software_version_id, 1),
    os_version_id: wholeNumber(raw.os_version_id, 1),
    vulnerability: text(raw.vulnerability),
    action_id: wholeNumber(raw.action_id, 1),
    low_disk_space: wholeNumber(raw.low_disk_space, 1, 100),
  };
}

/** The filters of an address, and nothing else of it. */
export function filterOf(search: HostsSearch): HostFilter {
  return {
    query: search.query?.trim(),
    status: search.status,
    platform: search.platform,
    label_id: search.label_id,
    policy_id: search.policy_id,
    policy_response: search.policy_response,
    software_title_id: search.software_title_id,
    software_version_id: search.software_version_id,
    os_version_id: search.os_version_id,
    vulnerability: search.vulnerability,
    action_id: search.action_id,
    low_disk_space: search.low_disk_space,
  };
}

export const hostTabs = ['overview', 'software', 'library', 'findings', 'policies', 'timeline', 'changes'] as const;
export type HostTab = (typeof hostTabs)[number];

export interface HostSearch extends ListSearch, EvidenceSearch {
  tab?: HostTab;
  /** The past moment the software is shown of. */
  at?: string;
  /** The two moments that are compared. */
  from?: string;
  to?: string;
  /** Where the findings stand that are shown. */
  state?: ShownState;
  /** The task whose result is open. */
  task?: string;
}

/** What the page of a host keeps in the address. */
export function readHostSearch(raw: Raw): HostSearch {
  return {
    ...readTask(raw),
    ...readEvidence(raw),
    tab: oneOf(raw.tab, hostTabs),
    at: moment(raw.at),
    from: moment(raw.from),
    to: moment(raw.to),
    state: oneOf(raw.state, shownStates),
    query: text(raw.query),
    page: wholeNumber(raw.page, 2, 1_000_000),
    per_page: wholeNumber(raw.per_page, 1, 200),
    order_direction: oneOf(raw.order_direction, ['asc', 'desc']),
  };
}

import { type ListSearch, moment, oneOf, readListSearch, text, wholeNumber } from '../pieces/url-state.ts';
import { readTask } from '../tasks/task-search.ts';

export const statuses = ['online', 'offline', 'missing', 'new'] as const;

type Raw = Record<string, unknown>;

export interface HostsSearch<K extends string = string> extends ListSearch {
  order_key?: K;
  status?: (typeof statuses)[number];
  software_title_id?: number;
  software_version_id?: number;
  os_version_id?: number;
}

/** What the list of hosts keeps in the address. */
export function readHostsSearch<K extends string>(raw: Raw, keys: readonly K[]): HostsSearch<K> {
  return {
    ...readListSearch(raw, keys),
    status: oneOf(raw.status, statuses),
    software_title_id: wholeNumber(raw.software_title_id, 1),
    software_version_id: wholeNumber(raw.software_version_id, 1),
    os_version_id: wholeNumber(raw.os_version_id, 1),
  };
}

export const hostTabs = ['overview', 'software', 'library', 'findings', 'policies', 'timeline'] as const;
export type HostTab = (typeof hostTabs)[number];

export interface HostSearch extends ListSearch {
  tab?: HostTab;
  /** The past moment the software is shown of. */
  at?: string;
  /** The task whose result is open. */
  task?: string;
}

/** What the page of a host keeps in the address. */
export function readHostSearch(raw: Raw): HostSearch {
  return {
    ...readTask(raw),
    tab: oneOf(raw.tab, hostTabs),
    at: moment(raw.at),
    query: text(raw.query),
    page: wholeNumber(raw.page, 2, 1_000_000),
    per_page: wholeNumber(raw.per_page, 1, 200),
    order_direction: oneOf(raw.order_direction, ['asc', 'desc']),
  };
}

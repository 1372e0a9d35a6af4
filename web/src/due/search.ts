import { type ListSearch, oneOf, readListSearch } from '../pieces/url-state.ts';

export interface DueSearch extends ListSearch {
  /** By vulnerability; usually by host. */
  by?: 'cve';
  /** Also what is due within so many days; usually only what is overdue. */
  within?: '3' | '14' | '30';
}

/** What the list of due dates keeps in the address. */
export const readDueSearch = (raw: Record<string, unknown>): DueSearch => ({
  ...readListSearch(raw, []),
  by: oneOf(raw.by, ['cve']),
  within: oneOf(raw.within, ['3', '14', '30']),
});

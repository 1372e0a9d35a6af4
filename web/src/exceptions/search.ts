import { type ListSearch, oneOf, readListSearch } from '../pieces/url-state.ts';

export const views = ['all', 'ended'] as const;

export interface ExceptionsSearch extends Pick<ListSearch, 'page' | 'per_page'> {
  /** Those that hold are shown by what ends first, unless another view is chosen. */
  show?: (typeof views)[number];
}

/** What the list of exceptions keeps in the address. */
export function readExceptionsSearch(raw: Record<string, unknown>): ExceptionsSearch {
  const { page, per_page } = readListSearch(raw, []);
  return { page, per_page, show: oneOf(raw.show, views) };
}

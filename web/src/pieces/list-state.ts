import { useNavigate } from '@tanstack/react-router';
import type { Sorting } from './column.ts';
import { type Direction, type ListSearch, listQuery, usualPageSize } from './url-state.ts';

/** Where a list is, from the address, and how it is changed there. */
export interface ListState<S extends ListSearch = ListSearch> {
  search: S;
  query: string | undefined;
  /** As the API counts, from 0. */
  page: number;
  per_page: number;
  /** Takes changes into the address and goes back to the first page; typing leaves no trail in the history. */
  change: (changes: Partial<S>) => void;
  /** Takes all filters away. */
  clear: () => void;
  sorting?: Sorting;
}

/** The state of a list in the address of the present page. */
export function useListState<S extends ListSearch>(search: S): ListState<S> {
  const navigate = useNavigate();
  const go = (to: (before: S) => object, replace = false) => void navigate({ to: '.', search: to as never, replace });
  return {
    search,
    query: search.query?.trim(),
    page: (search.page ?? 1) - 1,
    per_page: search.per_page ?? usualPageSize,
    change: (changes) => go((before) => ({ ...before, page: undefined, ...changes }), 'query' in changes),
    clear: () => go(() => ({})),
  };
}

/** The same of a list that can be sorted; `usual` is its order when the address names none. */
export function useSortedList<K extends string, S extends ListSearch & { order_key?: K }>(
  search: S & { order_key?: K },
  usual: { key: K; direction: Direction },
) {
  const state = useListState<S>(search);
  const { order_key, order_direction } = listQuery<K>(search, usual);
  const sorting: Sorting = {
    key: order_key,
    direction: order_direction,
    set: (key, direction) => state.change({ order_key: key, order_direction: direction } as Partial<S>),
  };
  return { ...state, order_key, order_direction, sorting };
}

import { AsyncList, type AsyncListProps } from './async-list.tsx';
import type { ListState } from './list-state.ts';
import { Pager } from './pager.tsx';

interface Props<T> extends Omit<AsyncListProps<T>, 'question' | 'paging' | 'sorting'> {
  /** Never changed here but for page and size, so every list fits. */
  list: Pick<ListState, 'search' | 'sorting'> & { change: (to: { page?: number; per_page?: number }) => void };
  total: number | undefined;
}

/** A list whose place is in the address: its rows, and the way to the other pages. */
export function PagedList<T>({ list, total, ...rest }: Props<T>) {
  return (
    <>
      <AsyncList
        question={JSON.stringify(list.search)}
        sorting={list.sorting}
        paging={{ page: list.search.page, first: () => list.change({}) }}
        {...rest}
      />
      <Pager search={list.search} total={total} set={list.change} />
    </>
  );
}

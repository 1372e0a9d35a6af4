import { type ReactNode, useRef } from 'react';
import { CardList } from './card-list.tsx';
import type { Column, Selection, Sorting } from './column.ts';
import { DataTable } from './data-table.tsx';
import { useNarrow } from './narrow.ts';
import styles from './notices.module.css';
import { PastEnd } from './past-end.tsx';
import { StaleNotice, Trouble } from './trouble.tsx';
import { useSteadyRows } from './use-steady-rows.ts';

/** The part of a query that a list shows. */
export interface Asked {
  error: unknown;
  refetch: () => unknown;
  isPlaceholderData?: boolean;
}

export interface AsyncListProps<T> {
  /** What the list holds, in the plural: "hosts". */
  what: string;
  asked: Asked;
  rows: readonly T[] | undefined;
  rowKey: (row: T) => string;
  columns: readonly Column<T>[];
  sorting?: Sorting;
  selection?: Selection<T>;
  /** Names filters, sorting and page, so that live rows keep their places only within one view. */
  question: string;
  empty: ReactNode;
  /** Where pages are: goes to the first one; `page` counts from 1. */
  paging?: { page: number | undefined; first: () => void };
}

/** A list in each of its states: loading, failed, empty, filled, filled but no longer live. */
export function AsyncList<T>({ what, asked, rows, rowKey, question, empty, paging, ...rest }: AsyncListProps<T>) {
  const area = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  // Rows of the view before stand in until the new ones come; they must not give them their order.
  const answered = asked.isPlaceholderData ? 'the view before' : question;
  const held = useSteadyRows({ rows, rowKey, question: answered, area });
  const retry = () => void asked.refetch();
  if (asked.error && !rows)
    return <Trouble what={`The ${what} could not be loaded`} error={asked.error} retry={retry} />;
  if (rows?.length === 0) return paging && (paging.page ?? 1) > 1 ? <PastEnd first={paging.first} /> : empty;
  const List = narrow ? CardList : DataTable;
  const caption = what.charAt(0).toUpperCase() + what.slice(1);
  return (
    <div ref={area} style={asked.isPlaceholderData ? { opacity: 0.6 } : undefined}>
      {asked.error ? <StaleNotice error={asked.error} retry={retry} /> : null}
      {held.changed && (
        <div className={styles.line} role="status">
          <span>The list has changed.</span>
          <button type="button" className={styles.link} onClick={held.show}>
            Show it
          </button>
        </div>
      )}
      <List caption={caption} rows={held.rows} rowKey={rowKey} {...rest} />
    </div>
  );
}

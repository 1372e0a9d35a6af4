import { NativeSelect, Skeleton } from '@mantine/core';
import styles from './card-list.module.css';
import type { Column, Selection, Sorting } from './column.ts';
import { SelectPage, SelectRow } from './select-rows.tsx';
import { inSentence } from './words.ts';

interface Props<T> {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[] | undefined;
  rowKey: (row: T) => string;
  sorting?: Sorting;
  selection?: Selection<T>;
}

const placeholders = ['a', 'b', 'c', 'd', 'e'];

/** The same list for a narrow screen: a card a row, with the columns that matter there. */
export function CardList<T>({ caption, columns, rows, rowKey, sorting, selection }: Props<T>) {
  const lead = columns.filter((column) => column.card === 'lead');
  const facts = columns.filter((column) => column.card === undefined);
  return (
    <>
      {sorting && <SortChoice columns={columns} sorting={sorting} />}
      {selection && rows && (
        <div className={styles.all}>
          <SelectPage rows={rows} selection={selection} isLabelled />
        </div>
      )}
      <ul className={styles.list} aria-label={caption} aria-busy={rows === undefined}>
        {rows?.map((row) => (
          <li key={rowKey(row)} className={`panel ${styles.card}`} data-row="">
            <div className={styles.lead}>
              {selection && (
                <div className={styles.box}>
                  <SelectRow row={row} selection={selection} />
                </div>
              )}
              {lead.map((column) => (
                <div key={column.key}>{column.cell(row)}</div>
              ))}
            </div>
            <dl className={styles.facts}>
              {facts.map((column) => (
                <div key={column.key}>
                  <dt>{column.title}</dt>
                  <dd className={column.numeric ? 'number' : undefined}>{column.cell(row)}</dd>
                </div>
              ))}
            </dl>
          </li>
        )) ??
          placeholders.map((key) => (
            <li key={key} className={`panel ${styles.card}`}>
              <Skeleton height={14} width="60%" mb={12} />
              <Skeleton height={12} mb={8} />
              <Skeleton height={12} />
            </li>
          ))}
      </ul>
    </>
  );
}

function SortChoice<T>({ columns, sorting }: { columns: readonly Column<T>[]; sorting: Sorting }) {
  const choices = columns.flatMap(({ sort, title, first = 'asc' }) => {
    if (!sort) return [];
    const words = first === 'asc' ? (['', ', reversed'] as const) : ([', reversed', ''] as const);
    return (['asc', 'desc'] as const).map((direction, i) => ({
      value: `${sort} ${direction}`,
      label: `Sort by ${inSentence(title)}${words[i]}`,
    }));
  });
  return (
    <NativeSelect
      aria-label="Sort"
      data={choices}
      value={`${sorting.key} ${sorting.direction}`}
      onChange={({ currentTarget }) => {
        const [key = '', direction] = currentTarget.value.split(' ');
        sorting.set(key, direction === 'desc' ? 'desc' : 'asc');
      }}
      mb={8}
    />
  );
}

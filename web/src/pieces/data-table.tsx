import { Skeleton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { type Column, nextDirection, type Sorting } from './column.ts';
import styles from './data-table.module.css';

interface Props<T> {
  caption: string;
  columns: readonly Column<T>[];
  /** Undefined while loading: the table then shows its own shape. */
  rows: readonly T[] | undefined;
  rowKey: (row: T) => string;
  sorting?: Sorting;
}

const placeholders = ['92%', '64%', '78%', '55%', '84%', '70%', '61%', '88%'];

/** A list as a table: fixed columns, a caption for screen readers, headers that sort. */
export function DataTable<T>({ caption, columns, rows, rowKey, sorting }: Props<T>) {
  return (
    <div className={`panel ${styles.frame}`}>
      <table className={styles.table} aria-busy={rows === undefined}>
        <caption>
          <VisuallyHidden>{caption}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sorting={sorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows?.map((row) => (
            <tr key={rowKey(row)} data-row="">
              {columns.map((column) => (
                <td key={column.key} data-numeric={column.numeric || undefined} data-wide={column.wide || undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          )) ?? <SkeletonRows columns={columns} />}
        </tbody>
      </table>
    </div>
  );
}

function HeadCell<T>({ column, sorting }: { column: Column<T>; sorting?: Sorting }) {
  const layout = {
    style: { width: column.width },
    'data-numeric': column.numeric || undefined,
    'data-wide': column.wide || undefined,
  };
  if (!column.sort || !sorting) {
    return (
      <th scope="col" {...layout}>
        {column.title}
      </th>
    );
  }
  const key = column.sort;
  const active = sorting.key === key;
  const sorted = sorting.direction === 'asc' ? 'ascending' : 'descending';
  return (
    <th scope="col" aria-sort={active ? sorted : 'none'} {...layout}>
      <button
        type="button"
        className={styles.sort}
        data-active={active || undefined}
        onClick={() => sorting.set(key, nextDirection(column, sorting))}
      >
        {column.title}
        <SortIcon direction={active ? sorting.direction : undefined} />
      </button>
    </th>
  );
}

function SortIcon({ direction }: { direction?: 'asc' | 'desc' }) {
  const Icon = direction === undefined ? IconArrowsSort : direction === 'asc' ? IconArrowUp : IconArrowDown;
  return <Icon size={14} aria-hidden />;
}

function SkeletonRows<T>({ columns }: { columns: readonly Column<T>[] }) {
  return placeholders.map((width, row) => (
    <tr key={width}>
      {columns.map(({ key, wide }, column) => (
        <td key={key} data-wide={wide || undefined}>
          <Skeleton height={12} width={placeholders[(row + column) % placeholders.length]} radius="xs" />
        </td>
      ))}
    </tr>
  ));
}

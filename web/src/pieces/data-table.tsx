import { Skeleton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { type Column, nextDirection, type Selection, type Sorting } from './column.ts';
import styles from './data-table.module.css';
import { SelectPage, SelectRow } from './select-rows.tsx';

interface Props<T> {
  caption: string;
  columns: readonly Column<T>[];
  /** Undefined while loading: the table then shows its own shape. */
  rows: readonly T[] | undefined;
  rowKey: (row: T) => string;
  sorting?: Sorting;
  selection?: Selection<T>;
}

const placeholders = ['92%', '64%', '78%', '55%', '84%', '70%', '61%', '88%'];

/** A list as a table: fixed columns, a caption for screen readers, headers that sort. */
export function DataTable<T>({ caption, columns, rows, rowKey, sorting, selection }: Props<T>) {
  const widths = sharesOf(columns);
  return (
    <div className={`panel ${styles.frame}`}>
      <table
        className={styles.table}
        aria-busy={rows === undefined}
        style={columns.length > comfortable ? { minWidth: columns.length * 120 } : undefined}
      >
        <caption>
          <VisuallyHidden>{caption}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            {selection && (
              <td className={styles.box}>
                <SelectPage rows={rows ?? []} selection={selection} />
              </td>
            )}
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} width={widths.get(column.key)} sorting={sorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows?.map((row) => (
            <tr key={rowKey(row)} data-row="" data-selected={selection?.has(row) || undefined}>
              {selection && (
                <td className={styles.box}>
                  <SelectRow row={row} selection={selection} />
                </td>
              )}
              <Cells row={row} columns={columns} />
            </tr>
          )) ?? <SkeletonRows columns={columns} isSelectable={selection !== undefined} />}
        </tbody>
      </table>
    </div>
  );
}

/** Drawn again only when the row itself changed: what lives around a list moves far more often than its rows. */
const Cells = memo(function Cells<T>({ row, columns }: { row: T; columns: readonly Column<T>[] }) {
  return columns.map((column) => (
    <td key={column.key} data-numeric={column.numeric || undefined} data-wide={column.wide || undefined}>
      {column.cell(row)}
    </td>
  ));
}) as <T>(props: { row: T; columns: readonly Column<T>[] }) => ReactNode;

/** More columns than this make the table scroll sideways. */
const comfortable = 9;

/** The widths of the columns that are shown, as shares of the whole. */
function sharesOf<T>(columns: readonly Column<T>[]): Map<string, string> {
  const whole = columns.reduce((sum, { width }) => sum + Number.parseFloat(width), 0);
  return new Map(columns.map(({ key, width }) => [key, `${(Number.parseFloat(width) / whole) * 100}%`]));
}

interface HeadProps<T> {
  column: Column<T>;
  width: string | undefined;
  sorting?: Sorting;
}

function HeadCell<T>({ column, width, sorting }: HeadProps<T>) {
  const layout = {
    style: { width },
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

function SkeletonRows<T>({ columns, isSelectable }: { columns: readonly Column<T>[]; isSelectable: boolean }) {
  return placeholders.map((width, row) => (
    <tr key={width}>
      {isSelectable && <td className={styles.box} />}
      {columns.map(({ key, wide }, column) => (
        <td key={key} data-wide={wide || undefined}>
          <Skeleton height={12} width={placeholders[(row + column) % placeholders.length]} radius="xs" />
        </td>
      ))}
    </tr>
  ));
}

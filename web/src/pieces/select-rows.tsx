import type { Selection } from './column.ts';
import styles from './select-rows.module.css';

/** The box that chooses a row. */
export function SelectRow<T>({ row, selection }: { row: T; selection: Selection<T> }) {
  return (
    <input
      type="checkbox"
      className={styles.box}
      aria-label={`Select ${selection.name(row)}`}
      checked={selection.has(row)}
      onChange={({ currentTarget }) => selection.set([row], currentTarget.checked)}
    />
  );
}

interface PageProps<T> {
  rows: readonly T[];
  selection: Selection<T>;
  isLabelled?: boolean;
}

/** The box that chooses every row of the page. */
export function SelectPage<T>({ rows, selection, isLabelled }: PageProps<T>) {
  const chosen = rows.filter(selection.has).length;
  const box = (
    <input
      type="checkbox"
      className={styles.box}
      aria-label="Select all on this page"
      // While rows load there is nothing to choose yet.
      disabled={rows.length === 0}
      checked={chosen > 0 && chosen === rows.length}
      ref={(input) => {
        if (input) input.indeterminate = chosen > 0 && chosen < rows.length;
      }}
      onChange={({ currentTarget }) => selection.set(rows, currentTarget.checked)}
    />
  );
  if (!isLabelled) return box;
  return (
    <span className={styles.labelled}>
      {box} <span aria-hidden>Select all on this page</span>
    </span>
  );
}

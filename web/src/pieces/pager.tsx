import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconChevronsLeft, IconChevronsRight } from '@tabler/icons-react';
import styles from './pager.module.css';
import { type ListSearch, pageSizes, usualPageSize } from './url-state.ts';
import { number } from './words.ts';

interface Props {
  search: ListSearch;
  total: number | undefined;
  /** Takes the new page and page size into the address. */
  set: (change: Pick<ListSearch, 'page' | 'per_page'>) => void;
}

/** Where in the list one is, and the way to the rest. */
export function Pager({ search, total, set }: Props) {
  const page = search.page ?? 1;
  const size = search.per_page ?? usualPageSize;
  const pages = Math.max(1, Math.ceil((total ?? 0) / size));
  const go = (to: number) => set({ page: to <= 1 ? undefined : to });
  if (total === undefined || (total <= pageSizes[0] && page === 1)) return <div className={styles.pager} />;
  return (
    <nav className={styles.pager} aria-label="Pages">
      <NativeSelect
        aria-label="Rows a page"
        data={[...new Set([...pageSizes, size])]
          .sort((a, b) => a - b)
          .map((n) => ({ value: `${n}`, label: `${n} a page` }))}
        value={`${size}`}
        onChange={({ currentTarget }) => set({ page: undefined, per_page: Number(currentTarget.value) })}
      />
      <span className="number quiet">{rangeOf(page, size, total)}</span>
      <div className={styles.steps}>
        <Step label="First page" icon={IconChevronsLeft} go={page > 1 ? () => go(1) : undefined} />
        <Step label="Previous page" icon={IconChevronLeft} go={page > 1 ? () => go(page - 1) : undefined} />
        <Step label="Next page" icon={IconChevronRight} go={page < pages ? () => go(page + 1) : undefined} />
        <Step label="Last page" icon={IconChevronsRight} go={page < pages ? () => go(pages) : undefined} />
      </div>
    </nav>
  );
}

function Step({ label, icon: Icon, go }: { label: string; icon: typeof IconChevronLeft; go?: () => void }) {
  return (
    <ActionIcon variant="default" size={32} aria-label={label} title={label} disabled={!go} onClick={go}>
      <Icon size={16} aria-hidden />
    </ActionIcon>
  );
}

/** "51–64 of 64"; behind the last page only how many there are. */
function rangeOf(page: number, size: number, total: number): string {
  const first = (page - 1) * size + 1;
  if (first > total) return `${number(total)} in all`;
  return `${number(first)}–${number(Math.min(page * size, total))} of ${number(total)}`;
}

import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { Filters } from '../pieces/page.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { oneOf } from '../pieces/url-state.ts';
import { AddFilter } from './add-filter.tsx';
import { HostChips } from './host-chips.tsx';
import { type HostFilter, type HostsSearch, statuses } from './search.ts';

interface Props {
  search: HostsSearch;
  change: (changes: HostFilter) => void;
  /** What else stands in the row: columns, export. */
  children?: ReactNode;
}

const statusChoices = [
  { value: '', label: 'Any status' },
  { value: 'online', label: 'Online' },
  { value: 'offline', label: 'Offline' },
  { value: 'missing', label: 'Missing' },
  { value: 'new', label: 'New in the last day' },
];

/** Search, status, and a chip for everything else the list is narrowed by. */
export function HostFilters({ search, change, children }: Props) {
  return (
    <Filters>
      <SearchField label="Search by name, serial or address" value={search.query} set={(query) => change({ query })} />
      <NativeSelect
        aria-label="Status"
        data={statusChoices}
        value={search.status ?? ''}
        onChange={({ currentTarget }) => change({ status: oneOf(currentTarget.value, statuses) })}
      />
      <AddFilter change={change} />
      <HostChips search={search} change={change} />
      {children}
    </Filters>
  );
}

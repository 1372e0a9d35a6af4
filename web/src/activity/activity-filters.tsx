import { NativeSelect, TextInput } from '@mantine/core';
import { Filters } from '../pieces/page.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { activityTypes } from './activity-words.ts';
import type { ActivitySearch } from './search.ts';

interface Props {
  search: ActivitySearch;
  change: (changes: Partial<ActivitySearch>) => void;
}

/** Narrows the activity by who, what and when. */
export function ActivityFilters({ search, change }: Props) {
  return (
    <Filters>
      <SearchField label="Search by who did it" value={search.query} set={(query) => change({ query })} />
      <NativeSelect
        aria-label="What"
        data={[{ value: '', label: 'Anything' }, ...activityTypes]}
        value={search.type ?? ''}
        onChange={({ currentTarget }) => change({ type: currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        aria-label="From"
        max={search.to}
        value={search.from ?? ''}
        onChange={({ currentTarget }) => change({ from: currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        aria-label="To"
        min={search.from}
        value={search.to ?? ''}
        onChange={({ currentTarget }) => change({ to: currentTarget.value || undefined })}
      />
    </Filters>
  );
}

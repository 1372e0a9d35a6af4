import { getTitle, getVersion, listOsVersions } from '@flotilla/contract/software';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/queries.ts';
import { FilterChip } from '../pieces/filter-chip.tsx';
import { Filters } from '../pieces/page.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { oneOf } from '../pieces/url-state.ts';
import { type HostsSearch, statuses } from './search.ts';

interface Props {
  search: HostsSearch;
  change: (changes: Partial<Pick<HostsSearch, 'query' | 'status' | ChipKey>>) => void;
}

type ChipKey = 'software_title_id' | 'software_version_id' | 'os_version_id';

const statusChoices = [
  { value: '', label: 'Any status' },
  { value: 'online', label: 'Online' },
  { value: 'offline', label: 'Offline' },
  { value: 'missing', label: 'Missing' },
  { value: 'new', label: 'New in the last day' },
];

/** Search, status, and what a link from another page narrowed the list to. */
export function HostFilters({ search, change }: Props) {
  const { software_title_id: title, software_version_id: version, os_version_id: os } = search;
  return (
    <Filters>
      <SearchField label="Search by name, serial or address" value={search.query} set={(query) => change({ query })} />
      <NativeSelect
        aria-label="Status"
        data={statusChoices}
        value={search.status ?? ''}
        onChange={({ currentTarget }) => change({ status: oneOf(currentTarget.value, statuses) })}
      />
      {title !== undefined && <TitleChip id={title} remove={() => change({ software_title_id: undefined })} />}
      {version !== undefined && <VersionChip id={version} remove={() => change({ software_version_id: undefined })} />}
      {os !== undefined && <OsChip id={os} remove={() => change({ os_version_id: undefined })} />}
    </Filters>
  );
}

interface ChipProps {
  id: number;
  remove: () => void;
}

const fixed = { staleTime: 60_000 };

function TitleChip({ id, remove }: ChipProps) {
  const { data, isError } = useQuery({ ...ask(getTitle, { params: { id } }), ...fixed });
  const title = data?.software_title;
  return (
    <FilterChip kind="Software" name={title?.display_name || title?.name || unknown(isError, id)} remove={remove} />
  );
}

function VersionChip({ id, remove }: ChipProps) {
  const { data, isError } = useQuery({ ...ask(getVersion, { params: { id } }), ...fixed });
  const name = data && `${data.software.display_name || data.software.name} ${data.software.version}`;
  return <FilterChip kind="Software" name={name ?? unknown(isError, id)} remove={remove} />;
}

function OsChip({ id, remove }: ChipProps) {
  const { data, isError } = useQuery({ ...ask(listOsVersions, { query: { per_page: 500 } }), ...fixed });
  const name = data?.os_versions.find((os) => os.os_version_id === id)?.name;
  return (
    <FilterChip kind="Operating system" name={name ?? unknown(isError || data !== undefined, id)} remove={remove} />
  );
}

const unknown = (known: boolean, id: number) => (known ? `number ${id}` : undefined);

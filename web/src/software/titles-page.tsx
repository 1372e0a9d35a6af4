import { exportTitles, exportVersions } from '@flotilla/contract/exports';
import { listTitles } from '@flotilla/contract/software';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { addressOf } from '../api/call.ts';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { ExportMenu } from '../pieces/export-menu.tsx';
import { useSortedList } from '../pieces/list-state.ts';
import { Filters, Page } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { counted, number } from '../pieces/words.ts';
import { NoTitles } from './no-titles.tsx';
import { SoftwareNav } from './software-nav.tsx';
import { sources } from './source-names.ts';
import { titleColumns } from './title-columns.tsx';

const route = getRouteApi('/frame/software');
const usual = { key: 'hosts_count', direction: 'desc' } as const;

/** The list of software titles. */
export function TitlesPage() {
  const search = route.useSearch();
  const fleet_id = useFleetId();
  const list = useSortedList(search, usual);
  const { query, page, per_page, order_key, order_direction } = list;
  const { source } = search;
  const asked = useQuery({
    ...ask(listTitles, { query: { fleet_id, query, source, page, per_page, order_key, order_direction } }),
    ...liveList,
  });
  const all = useQuery({ ...ask(listTitles, { query: { fleet_id, per_page: 1 } }), ...liveList });
  const filtered = query !== undefined || source !== undefined;
  const total = all.data?.count;
  return (
    <Page
      title="Software"
      above={<SoftwareNav />}
      sentence={
        <Sentence total={total} matching={filtered ? asked.data?.count : undefined} at={all.data?.counts_updated_at} />
      }
    >
      {(total !== 0 || filtered) && (
        <Filters>
          <SearchField label="Search titles" value={query} set={(text) => list.change({ query: text })} />
          <NativeSelect
            aria-label="Kind of software"
            data={[{ value: '', label: 'Any kind' }, ...sources]}
            value={source ?? ''}
            onChange={({ currentTarget }) => list.change({ source: currentTarget.value || undefined })}
          />
          <ExportMenu formats={exportsOf({ fleet_id, query, source })} />
        </Filters>
      )}
      <PagedList
        list={list}
        total={asked.data?.count}
        what="software"
        asked={asked}
        rows={asked.data?.software_titles}
        rowKey={(title) => `${title.id}`}
        columns={titleColumns}
        empty={<NoTitles filtered={filtered} clear={list.clear} />}
      />
    </Page>
  );
}

function exportsOf(filter: { fleet_id?: number; query?: string; source?: string }) {
  const titles = (format: string) => addressOf(exportTitles.path, undefined, { ...filter, format });
  const versions = (format: string) => addressOf(exportVersions.path, undefined, { ...filter, format });
  return [
    { name: 'Titles as CSV', href: titles('csv') },
    { name: 'Titles as JSON', href: titles('json') },
    { name: 'Versions as CSV', href: versions('csv') },
    { name: 'Versions as CycloneDX', href: versions('cyclonedx') },
  ];
}

interface SentenceProps {
  total: number | undefined;
  matching: number | undefined;
  at: string | null | undefined;
}

function Sentence({ total, matching, at }: SentenceProps) {
  if (total === undefined) return null;
  if (total === 0) return 'No software has been reported yet';
  const found = matching === undefined ? counted(total, 'title') : `${number(matching)} of ${counted(total, 'title')}`;
  return (
    <>
      {found} on your hosts{matching === undefined ? '' : matching === 1 ? ' matches' : ' match'}
      {at && (
        <>
          , counts as of <TimeAgo at={at} />
        </>
      )}
    </>
  );
}

import { type EndingVersion, listEndOfLife } from '@flotilla/contract/end-of-life';
import { Button, NativeSelect } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { useSortedList } from '../pieces/list-state.ts';
import { Filters, Page } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { counted, number } from '../pieces/words.ts';
import { EndMark } from './end-mark.tsx';
import { SoftwareNav } from './software-nav.tsx';

const route = getRouteApi('/frame/software/end-of-life');
const usual = { key: 'eol_date', direction: 'asc' } as const;
const spans = [
  { value: '', label: 'Ended already' },
  { value: '30', label: 'Ends within 30 days' },
  { value: '90', label: 'Ends within 90 days' },
  { value: '365', label: 'Ends within a year' },
];

/** Software and systems on hosts that get no fixes any more, or soon not. */
export function EndOfLifePage() {
  const search = route.useSearch();
  const list = useSortedList(search, usual);
  const fleet_id = useFleetId();
  const { query, page, per_page, order_key, order_direction } = list;
  const { within_days } = search;
  const asked = useQuery({
    ...ask(listEndOfLife, { query: { fleet_id, query, within_days, page, per_page, order_key, order_direction } }),
    ...liveList,
  });
  const count = asked.data?.count;
  return (
    <Page
      title="End of life"
      above={<SoftwareNav />}
      sentence={
        count !== undefined && (
          <Sentence count={count} isAll={within_days === undefined} at={asked.data?.data_stored_at ?? null} />
        )
      }
    >
      <Filters>
        <SearchField label="Search by name" value={query} set={(text) => list.change({ query: text })} />
        <NativeSelect
          aria-label="When"
          data={spans}
          value={within_days ?? ''}
          onChange={({ currentTarget: { value } }) =>
            list.change({ within_days: value === '' ? undefined : Number(value) })
          }
        />
      </Filters>
      <PagedList
        list={list}
        total={count}
        what="versions at their end"
        asked={asked}
        rows={asked.data?.versions}
        rowKey={({ version_id }) => `${version_id}`}
        columns={columns}
        empty={
          <Empty icon={<IconCalendarOff size={28} stroke={1.5} aria-hidden />} title="Nothing here is at its end">
            <p className="quiet">Only what the list of ends knows is judged; of other software it is not known.</p>
            {(query !== undefined || within_days !== undefined) && (
              <Button variant="default" onClick={list.clear}>
                Take the filters away
              </Button>
            )}
          </Empty>
        }
      />
    </Page>
  );
}

function Sentence({ count, isAll, at }: { count: number; isAll: boolean; at: string | null }) {
  return (
    <>
      {counted(count, 'version')} on your hosts {isAll ? 'get no fixes any more' : 'in this span'}
      {at ? (
        <>
          , by a list of ends from <TimeAgo at={at} />
        </>
      ) : (
        ', no list of ends has been read yet'
      )}
    </>
  );
}

const columns: readonly Column<EndingVersion>[] = [
  {
    key: 'name',
    title: 'Software',
    sort: 'name',
    width: '34%',
    card: 'lead',
    cell: ({ version_id, name, version }) => (
      <Link to="/software/versions/$id" params={{ id: `${version_id}` }} title={`${name} ${version}`}>
        {name} {version}
      </Link>
    ),
  },
  {
    key: 'end',
    title: 'Fixes',
    sort: 'eol_date',
    width: '22%',
    cell: ({ end_of_life }) => <EndMark end={end_of_life} />,
  },
  {
    key: 'latest',
    title: 'Newest of its line',
    width: '18%',
    wide: true,
    cell: ({ end_of_life }) => end_of_life.latest ?? '—',
  },
  {
    key: 'hosts',
    title: 'Hosts',
    sort: 'hosts_count',
    first: 'desc',
    numeric: true,
    width: '12%',
    cell: ({ version_id, name, hosts_count }) => (
      <Link
        to="/hosts"
        search={{ software_version_id: version_id }}
        aria-label={`${counted(hosts_count, 'host')} with ${name}`}
      >
        {number(hosts_count)}
      </Link>
    ),
  },
];

import { type Fleet, listFleets } from '@flotilla/contract/fleets';
import { Button } from '@mantine/core';
import { IconStack } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { ask, liveList } from '../api/queries.ts';
import { AsyncList } from '../pieces/async-list.tsx';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { useListState } from '../pieces/list-state.ts';
import { Filters } from '../pieces/page.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { counted, number } from '../pieces/words.ts';
import styles from '../settings/settings.module.css';
import { SettingsPage } from '../settings/settings-page.tsx';
import { unassigned } from './fleet-choices.ts';

const NewFleet = lazy(() => import('./new-fleet.tsx'));
const route = getRouteApi('/frame/settings/fleets');
/** More fleets than this are found by searching. */
const most = 500;

/** The fleets hosts are divided into. */
export function FleetsPage() {
  const list = useListState(route.useSearch());
  const [making, setMaking] = useState(false);
  const mayMake = useMay('fleets:write');
  const mayReadSecrets = useMay('secrets:read');
  const { query } = list;
  const asked = useQuery({
    ...ask(listFleets, { query: { query, per_page: most, order_key: 'name', order_direction: 'asc' } }),
    ...liveList,
  });
  const fleets = asked.data?.fleets;
  return (
    <SettingsPage
      title="Fleets"
      sentence={fleets && <Sentence fleets={fleets} query={query} />}
      actions={mayMake && <Button onClick={() => setMaking(true)}>New fleet</Button>}
    >
      {(fleets?.length !== 0 || query !== undefined) && (
        <Filters>
          <SearchField label="Search fleets" value={query} set={(text) => list.change({ query: text })} />
        </Filters>
      )}
      <AsyncList
        what="fleets"
        asked={asked}
        rows={fleets}
        rowKey={({ id }) => `${id}`}
        columns={columns}
        question={query ?? ''}
        empty={<NoFleets query={query} clear={list.clear} />}
      />
      {mayReadSecrets && (
        <p className={styles.note}>
          Hosts that enrol with no secret of a fleet are in none:{' '}
          <Link to="/settings/fleets/$id" params={{ id: `${unassigned.id}` }}>
            their secrets
          </Link>
          .
        </p>
      )}
      {making && (
        <Suspense>
          <NewFleet close={() => setMaking(false)} />
        </Suspense>
      )}
    </SettingsPage>
  );
}

function Sentence({ fleets, query }: { fleets: readonly Fleet[]; query: string | undefined }) {
  if (fleets.length >= most) return `The first ${number(most)} fleets by name; search for the others`;
  const hosts = fleets.reduce((sum, { host_count }) => sum + host_count, 0);
  return `${counted(fleets.length, 'fleet')}${query ? ' found' : ''} with ${counted(hosts, 'host')}`;
}

const columns: readonly Column<Fleet>[] = [
  {
    key: 'name',
    title: 'Name',
    width: '34%',
    card: 'lead',
    cell: ({ id, name }) => (
      <Link to="/settings/fleets/$id" params={{ id: `${id}` }} title={name}>
        {name}
      </Link>
    ),
  },
  { key: 'about', title: 'Description', width: '30%', wide: true, cell: ({ description }) => description || '—' },
  {
    key: 'hosts',
    title: 'Hosts',
    numeric: true,
    width: '12%',
    cell: ({ id, name, host_count }) => (
      <Link to="/hosts" search={{ fleet_id: id }} aria-label={`${counted(host_count, 'host')} in ${name}`}>
        {number(host_count)}
      </Link>
    ),
  },
  { key: 'people', title: 'People', numeric: true, width: '10%', cell: ({ user_count }) => number(user_count) },
  { key: 'made', title: 'Made', numeric: true, width: '14%', cell: ({ created_at }) => <TimeAgo at={created_at} /> },
];

function NoFleets({ query, clear }: { query: string | undefined; clear: () => void }) {
  if (query) {
    return (
      <Empty title={`No fleet matches “${query}”`}>
        <Button variant="default" onClick={clear}>
          Show all fleets
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon={<IconStack size={28} stroke={1.5} aria-hidden />} title="No fleets yet">
      <p className="quiet">
        A fleet holds hosts that belong together, such as those of a department. People can have a role in some fleets
        only, and each fleet has enrol secrets of its own.
      </p>
    </Empty>
  );
}

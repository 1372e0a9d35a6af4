import type { User } from '@flotilla/contract/accounts';
import { listUsers } from '@flotilla/contract/users';
import { Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { useListState } from '../pieces/list-state.ts';
import { Filters } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { counted } from '../pieces/words.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import { Invitations } from './invitations.tsx';
import { rolesInWords } from './roles.ts';

const AddPerson = lazy(() => import('./add-person.tsx'));
const route = getRouteApi('/frame/settings/people');

/** Who has an account, people and programs, and who is invited. */
export function PeoplePage() {
  const list = useListState(route.useSearch());
  const fleet_id = useFleetId();
  const [adding, setAdding] = useState(false);
  const { query, page, per_page } = list;
  const asked = useQuery({
    ...ask(listUsers, { query: { fleet_id, query, page, per_page, order_key: 'name', order_direction: 'asc' } }),
    ...liveList,
  });
  const count = asked.data?.count;
  return (
    <SettingsPage
      title="People"
      sentence={
        count !== undefined && `${counted(count, 'account')}${query ? ` ${count === 1 ? 'matches' : 'match'}` : ''}`
      }
      actions={<Button onClick={() => setAdding(true)}>Add somebody</Button>}
    >
      <Filters>
        <SearchField label="Search by name or email" value={query} set={(text) => list.change({ query: text })} />
      </Filters>
      <PagedList
        list={list}
        total={count}
        what="accounts"
        asked={asked}
        rows={asked.data?.users}
        rowKey={({ id }) => `${id}`}
        columns={columns}
        empty={
          <Empty icon={<IconSearch size={28} stroke={1.5} aria-hidden />} title="Nobody matches">
            <Button variant="default" onClick={list.clear}>
              Show everybody
            </Button>
          </Empty>
        }
      />
      <Invitations />
      {adding && (
        <Suspense>
          <AddPerson close={() => setAdding(false)} />
        </Suspense>
      )}
    </SettingsPage>
  );
}

const columns: readonly Column<User>[] = [
  {
    key: 'name',
    title: 'Name',
    width: '24%',
    card: 'lead',
    cell: ({ id, name, email }) => (
      <Link to="/settings/people/$id" params={{ id: `${id}` }} title={name}>
        {name || email}
      </Link>
    ),
  },
  { key: 'email', title: 'Email', width: '24%', cell: ({ email }) => <span title={email}>{email}</span> },
  { key: 'role', title: 'Role', width: '20%', cell: (user) => rolesInWords(user) },
  {
    key: 'kind',
    title: 'Signs in',
    width: '18%',
    cell: ({ api_only, force_password_reset }) =>
      api_only ? 'by a token' : force_password_reset ? 'must set a password' : 'by password',
  },
  {
    key: 'made',
    title: 'Added',
    numeric: true,
    width: '14%',
    wide: true,
    cell: ({ created_at }) => <TimeAgo at={created_at} />,
  },
];

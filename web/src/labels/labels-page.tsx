import { type Label, listLabels } from '@flotilla/contract/labels';
import { Button } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { AsyncList } from '../pieces/async-list.tsx';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { useListState } from '../pieces/list-state.ts';
import { Filters } from '../pieces/page.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { counted, number } from '../pieces/words.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import { kindNames, membershipWords } from './label-words.ts';

const NewLabel = lazy(() => import('./new-label.tsx'));
const route = getRouteApi('/frame/settings/labels');
/** More labels than this are found by searching. */
const most = 500;

/** Labels: names for sets of hosts. */
export function LabelsPage() {
  const list = useListState(route.useSearch());
  const fleet = useFleetId();
  const [making, setMaking] = useState(false);
  const mayMake = useMay('labels:write', 'somewhere');
  const { query } = list;
  const asked = useQuery({
    ...ask(listLabels, {
      query: {
        fleet_id: fleet === undefined ? undefined : `${fleet}`,
        query,
        per_page: most,
        order_key: 'name',
        order_direction: 'asc',
      },
    }),
    ...liveList,
  });
  const labels = asked.data?.labels;
  return (
    <SettingsPage
      title="Labels"
      sentence={labels && sentenceOf(labels)}
      actions={mayMake && <Button onClick={() => setMaking(true)}>New label</Button>}
    >
      <Filters>
        <SearchField label="Search labels" value={query} set={(text) => list.change({ query: text })} />
      </Filters>
      <AsyncList
        what="labels"
        asked={asked}
        rows={labels}
        rowKey={({ id }) => `${id}`}
        columns={columns}
        question={JSON.stringify(list.search)}
        empty={
          <Empty icon={<IconTag size={28} stroke={1.5} aria-hidden />} title="No label matches">
            <Button variant="default" onClick={list.clear}>
              Show all labels
            </Button>
          </Empty>
        }
      />
      {making && (
        <Suspense>
          <NewLabel close={() => setMaking(false)} />
        </Suspense>
      )}
    </SettingsPage>
  );
}

function sentenceOf(labels: readonly Label[]): string {
  if (labels.length >= most) return `The first ${number(most)} labels by name; search for the others`;
  const own = labels.filter(({ label_type }) => label_type === 'regular').length;
  return `${counted(own, 'label')} of your own, ${number(labels.length - own)} built in`;
}

const columns: readonly Column<Label>[] = [
  {
    key: 'name',
    title: 'Name',
    width: '28%',
    card: 'lead',
    cell: ({ id, name }) => (
      <Link to="/settings/labels/$id" params={{ id: `${id}` }} title={name}>
        {name}
      </Link>
    ),
  },
  {
    key: 'kind',
    title: 'Kind',
    width: '14%',
    cell: ({ label_type, label_membership_type }) =>
      label_type === 'builtin' ? 'Built in' : kindNames[label_membership_type],
  },
  {
    key: 'members',
    title: 'Members',
    width: '32%',
    wide: true,
    card: 'hidden',
    cell: (label) => <span title={membershipWords(label)}>{label.description || membershipWords(label)}</span>,
  },
  {
    key: 'hosts',
    title: 'Hosts',
    numeric: true,
    width: '12%',
    cell: ({ id, name, count }) => (
      <Link to="/hosts" search={{ label_id: id }} aria-label={`${counted(count, 'host')} with ${name}`}>
        {number(count)}
      </Link>
    ),
  },
  {
    key: 'changed',
    title: 'Changed',
    numeric: true,
    width: '14%',
    cell: ({ updated_at }) => <TimeAgo at={updated_at} />,
  },
];

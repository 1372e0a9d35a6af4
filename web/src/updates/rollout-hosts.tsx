import type { ResponseOf } from '@flotilla/contract/route';
import { rolloutHosts } from '@flotilla/contract/updates';
import { Button, NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask, quickMs } from '../api/queries.ts';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { useListState } from '../pieces/list-state.ts';
import { Filters } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { oneOf, wholeNumber } from '../pieces/url-state.ts';
import { capital, counted } from '../pieces/words.ts';
import { TaskLink } from '../tasks/task-link.tsx';
import { placeName } from './rollout-words.ts';
import { hostPlaces, type RolloutSearch } from './search.ts';
import styles from './updates.module.css';

const route = getRouteApi('/frame/updates/rollouts/$id');
type Row = ResponseOf<typeof rolloutHosts>['hosts'][number];

const columns: readonly Column<Row>[] = [
  {
    key: 'host',
    title: 'Host',
    width: '26%',
    card: 'lead',
    cell: (host) => (
      <Link to="/hosts/$id" params={{ id: `${host.id}` }} title={host.display_name}>
        {host.display_name}
      </Link>
    ),
  },
  { key: 'ring', title: 'Ring', width: '8%', numeric: true, cell: (host) => host.ring },
  {
    key: 'place',
    title: 'Place',
    width: '18%',
    card: 'lead',
    cell: (host) =>
      host.task_id ? (
        <TaskLink id={host.task_id} label={`${placeName(host.place)}: ${host.display_name}, details`}>
          {placeName(host.place)}
        </TaskLink>
      ) : (
        placeName(host.place)
      ),
  },
  {
    key: 'reason',
    title: 'Why',
    width: '48%',
    cell: ({ reason }) => (reason ? <span title={reason}>{capital(reason)}</span> : <span className="quiet">—</span>),
  },
];

interface Props {
  id: number;
  isLive: boolean;
  rings: number;
}

/** The hosts of a rollout and where each is. */
export function RolloutHosts({ id, isLive, rings }: Props) {
  const list = useListState<RolloutSearch>(route.useSearch());
  const { page, per_page, change } = list;
  const { ring, place } = list.search;
  const asked = useQuery({
    ...ask(rolloutHosts, { params: { id }, query: { page, per_page, ring, place } }),
    placeholderData: keepPreviousData,
    refetchInterval: isLive ? quickMs : false,
  });
  const ringChoices = Array.from({ length: rings }, (_, i) => ({ value: `${i + 1}`, label: `Ring ${i + 1}` }));
  return (
    <section className={styles.section}>
      <h2>Hosts</h2>
      <Filters>
        <NativeSelect
          aria-label="Place"
          data={[{ value: '', label: 'Any place' }, ...hostPlaces.map((value) => ({ value, label: placeName(value) }))]}
          value={place ?? ''}
          onChange={({ currentTarget }) => change({ place: oneOf(currentTarget.value, hostPlaces) })}
        />
        <NativeSelect
          aria-label="Ring"
          data={[{ value: '', label: 'Any ring' }, ...ringChoices]}
          value={ring ?? ''}
          onChange={({ currentTarget }) => change({ ring: wholeNumber(currentTarget.value, 1) })}
        />
        <span className="quiet" role="status">
          {asked.data && counted(asked.data.count, 'host')}
        </span>
      </Filters>
      <PagedList
        list={list}
        total={asked.data?.count}
        what="hosts of the rollout"
        asked={asked}
        rows={asked.data?.hosts}
        rowKey={(host) => `${host.id}`}
        columns={columns}
        empty={
          <Empty title="No host is there">
            <Button variant="default" onClick={list.clear}>
              Show all its hosts
            </Button>
          </Empty>
        }
      />
    </section>
  );
}

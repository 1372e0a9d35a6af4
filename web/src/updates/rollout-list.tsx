import { listRollouts, type Rollout, rolloutStates } from '@flotilla/contract/updates';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { useListState } from '../pieces/list-state.ts';
import { Filters } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { ShareBar } from '../pieces/share-bar.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { oneOf } from '../pieces/url-state.ts';
import { number } from '../pieces/words.ts';
import { RolloutMark } from './rollout-marks.tsx';
import { rolloutWords, wholeFunnel } from './rollout-words.ts';
import type { UpdatesSearch } from './search.ts';
import styles from './updates.module.css';

const columns: readonly Column<Rollout>[] = [
  {
    key: 'name',
    title: 'Rollout',
    width: '28%',
    card: 'lead',
    cell: ({ id, name }) => (
      <Link to="/updates/rollouts/$id" params={{ id: `${id}` }} title={name}>
        {name}
      </Link>
    ),
  },
  { key: 'state', title: 'State', width: '12%', card: 'lead', cell: ({ state }) => <RolloutMark state={state} /> },
  { key: 'have', title: 'Have it', width: '20%', cell: ({ rings }) => <Have rings={rings} /> },
  {
    key: 'failed',
    title: 'Failed',
    width: '10%',
    numeric: true,
    cell: ({ id, rings }) => (
      <Link to="/updates/rollouts/$id" params={{ id: `${id}` }} search={{ place: 'failed' }}>
        {number(wholeFunnel(rings).failed)}
      </Link>
    ),
  },
  { key: 'by', title: 'Started by', width: '16%', wide: true, cell: ({ created_by }) => created_by },
  { key: 'at', title: 'Started', width: '14%', numeric: true, cell: ({ created_at }) => <TimeAgo at={created_at} /> },
];

function Have({ rings }: Pick<Rollout, 'rings'>) {
  const { verified, already, targeted } = wholeFunnel(rings);
  return <ShareBar part={verified + already} whole={targeted} />;
}

const states = [
  { value: '', label: 'Any state' },
  ...rolloutStates.map((value) => ({ value, label: rolloutWords[value] })),
];
const newest = 5;

/** Rollouts, newest first: a few on the page of updates, all of them when asked for. */
export function RolloutList({ search }: { search: UpdatesSearch }) {
  const list = useListState<UpdatesSearch>(search);
  const isAll = search.show === 'rollouts';
  const { state } = search;
  const query = isAll ? { page: list.page, per_page: list.per_page, state } : { per_page: newest };
  const asked = useQuery({ ...ask(listRollouts, { query }), ...liveList });
  const total = asked.data?.count;
  return (
    <section className={styles.section}>
      <h2>Rollouts</h2>
      {isAll && (
        <Filters>
          <NativeSelect
            aria-label="State"
            data={states}
            value={state ?? ''}
            onChange={({ currentTarget }) => list.change({ state: oneOf(currentTarget.value, rolloutStates) })}
          />
        </Filters>
      )}
      <PagedList
        list={isAll ? list : { ...list, search: {} }}
        total={isAll ? total : undefined}
        what="rollouts"
        asked={asked}
        rows={asked.data?.rollouts}
        rowKey={({ id }) => `${id}`}
        columns={columns}
        empty={<NoRollouts filtered={state !== undefined} />}
      />
      {!isAll && total !== undefined && total > newest && (
        <Link to="/updates" search={{ show: 'rollouts' }}>
          Show all {number(total)} rollouts
        </Link>
      )}
      {isAll && <Link to="/updates">Show what is behind</Link>}
    </section>
  );
}

function NoRollouts({ filtered }: { filtered: boolean }) {
  if (filtered) return <Empty title="No rollout is in this state" />;
  return (
    <Empty title="No rollout yet">
      <p className="quiet">
        A rollout brings hosts to a newer version in steps: first a few, and the rest once those are seen to be well.
        Start one from a title that is behind, or from a vulnerability.
      </p>
    </Empty>
  );
}

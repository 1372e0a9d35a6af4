import { type Behind, listBehind } from '@flotilla/contract/updates';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { useListState } from '../pieces/list-state.ts';
import { PagedList } from '../pieces/paged-list.tsx';
import { counted, number } from '../pieces/words.ts';
import { RolloutButton } from './rollout-button.tsx';
import type { UpdatesSearch } from './search.ts';
import styles from './updates.module.css';

const columns: readonly Column<Behind>[] = [
  {
    key: 'title',
    title: 'Title',
    width: '22%',
    card: 'lead',
    cell: (row) => (
      <Link to="/software/titles/$id" params={{ id: `${row.title_id}` }} title={row.title}>
        {row.title}
      </Link>
    ),
  },
  {
    key: 'newest',
    title: 'In the library',
    width: '15%',
    cell: (row) => <span title={row.package}>{row.newest_version}</span>,
  },
  {
    key: 'older',
    title: 'Older on hosts',
    width: '21%',
    cell: ({ versions }) => {
      const words = versions.map(({ version }) => version).join(', ');
      return <span title={words}>{words}</span>;
    },
  },
  {
    key: 'vulnerabilities',
    title: 'Vulnerabilities',
    width: '12%',
    numeric: true,
    wide: true,
    cell: (row) =>
      row.vulnerabilities.length === 0 ? (
        'none'
      ) : (
        <Link
          to="/software/titles/$id"
          params={{ id: `${row.title_id}` }}
          title={row.vulnerabilities.slice(0, 20).join(', ')}
          aria-label={`${counted(row.vulnerabilities.length, 'vulnerability', 'vulnerabilities')} in older versions of ${row.title}`}
        >
          {number(row.vulnerabilities.length)}
        </Link>
      ),
  },
  {
    key: 'hosts',
    title: 'Hosts behind',
    width: '11%',
    numeric: true,
    cell: (row) => (
      <Link
        to="/hosts"
        search={{ software_title_id: row.title_id }}
        title="All hosts with the title"
        aria-label={`${counted(row.hosts_count, 'host')} behind with ${row.title}`}
      >
        {number(row.hosts_count)}
      </Link>
    ),
  },
  {
    key: 'action',
    title: 'Action',
    width: '19%',
    numeric: true,
    cell: ({ title_id, title, installer_id, hosts_count }) => (
      <RolloutButton target={{ title_id, title, installer_id }} small>
        {`Update ${counted(hosts_count, 'host')}`}
      </RolloutButton>
    ),
  },
];

/** What is older on hosts than in the library, each with the rollout that would change it. */
export function BehindList({ search }: { search: UpdatesSearch }) {
  const fleet_id = useFleetId();
  const list = useListState<UpdatesSearch>(search);
  const { page, per_page } = list;
  const asked = useQuery({ ...ask(listBehind, { query: { fleet_id, page, per_page } }), ...liveList });
  return (
    <section className={styles.section}>
      <h2>Behind</h2>
      <PagedList
        list={list}
        total={asked.data?.count}
        what="titles that are behind"
        asked={asked}
        rows={asked.data?.behind}
        rowKey={({ title_id }) => `${title_id}`}
        columns={columns}
        empty={
          <Empty icon={<IconCircleCheck size={28} stroke={1.5} aria-hidden />} title="Nothing is behind">
            <p className="quiet">
              Every host has the newest package of the library, of each title it has. Upload a newer one, and the hosts
              that are behind it appear here.
            </p>
            <Link to="/library">Go to the library</Link>
          </Empty>
        }
      />
    </section>
  );
}

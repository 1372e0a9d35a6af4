import { type Interval, softwareAt } from '@flotilla/contract/host-software';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../api/queries.ts';
import type { Column } from '../pieces/column.ts';
import { PagedList } from '../pieces/paged-list.tsx';
import { exact } from '../pieces/relative-time.ts';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { counted } from '../pieces/words.ts';
import { sourceName } from '../software/source-names.ts';
import styles from './as-of.module.css';
import { NoSoftware } from './no-software.tsx';
import { matching } from './sentences.ts';
import type { SoftwareProps } from './software-tab.tsx';

const columns: readonly Column<Interval>[] = [
  {
    key: 'name',
    title: 'Name',
    width: '30%',
    card: 'lead',
    cell: (row) => (
      <Link to="/software/titles/$id" params={{ id: `${row.title_id}` }} title={row.name}>
        {row.name}
      </Link>
    ),
  },
  { key: 'version', title: 'Version', width: '24%', cell: (row) => <VersionLink row={row} /> },
  { key: 'source', title: 'Kind', width: '18%', wide: true, cell: (row) => sourceName(row.source) },
  { key: 'since', title: 'Since', width: '14%', numeric: true, cell: (row) => <TimeAgo at={row.since} /> },
  {
    key: 'gone',
    title: 'Gone',
    width: '14%',
    numeric: true,
    cell: (row) => (row.gone ? <TimeAgo at={row.gone} /> : <span className="quiet">still there</span>),
  },
];

function VersionLink({ row }: { row: Interval }) {
  const version = [row.version, row.release].filter(Boolean).join('-');
  return (
    <Link to="/software/versions/$id" params={{ id: `${row.version_id}` }} title={version}>
      {version || '—'}
    </Link>
  );
}

/** What was on the host at a moment. */
export function SoftwareAt({ id, at, list }: SoftwareProps & { at: string }) {
  const { query, page, per_page, change } = list;
  const asked = useQuery({
    ...ask(softwareAt, { params: { id }, query: { at, query, page, per_page } }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const found = asked.data && `: ${counted(asked.data.count, 'entry', 'entries')}${matching(query, asked.data.count)}`;
  return (
    <>
      <p className={styles.past} role="status">
        As it was on {exact(at)}
        {found}
      </p>
      <PagedList
        list={list}
        total={asked.data?.count}
        what="software of that moment"
        asked={asked}
        rows={asked.data?.software}
        rowKey={(row) => `${row.version_id} ${row.release} ${row.arch} ${row.since}`}
        columns={columns}
        empty={<NoSoftware query={query} clear={() => change({ query: undefined })} />}
      />
    </>
  );
}

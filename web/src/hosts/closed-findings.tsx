import { type ClosedFinding, closedFindings } from '@flotilla/contract/finding-life';
import { Button } from '@mantine/core';
import { IconCircleCheck, IconEraser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import type { ListState } from '../pieces/list-state.ts';
import { PagedList } from '../pieces/paged-list.tsx';
import { StateMark } from '../pieces/state-mark.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { counted } from '../pieces/words.ts';
import { SeverityMark } from '../vulnerabilities/severity-mark.tsx';
import styles from './as-of.module.css';
import type { HostSearch } from './search.ts';
import { matching } from './sentences.ts';

const columns: readonly Column<ClosedFinding>[] = [
  {
    key: 'cve',
    title: 'CVE',
    width: '16%',
    card: 'lead',
    cell: ({ cve }) => (
      <Link to="/vulnerabilities/$cve" params={{ cve }} title={cve}>
        {cve}
      </Link>
    ),
  },
  {
    key: 'software',
    title: 'Was in',
    width: '22%',
    cell: ({ version_id, name, version }) => (
      <Link to="/software/versions/$id" params={{ id: `${version_id}` }} title={`${name} ${version}`}>
        {name} {version}
      </Link>
    ),
  },
  {
    key: 'severity',
    title: 'Severity',
    width: '14%',
    cell: ({ cvss_score, severity }) => <SeverityMark score={cvss_score} level={severity} />,
  },
  { key: 'state', title: 'State', width: '18%', cell: ({ state }) => <ClosedMark state={state} /> },
  {
    key: 'now',
    title: 'Now installed',
    width: '16%',
    cell: ({ installed_version: now }) =>
      now ? <span title={now}>{now}</span> : <span className="quiet">removed</span>,
  },
  { key: 'closed', title: 'Ended', width: '14%', numeric: true, cell: ({ closed_at }) => <TimeAgo at={closed_at} /> },
];

function ClosedMark({ state }: Pick<ClosedFinding, 'state'>) {
  return state === 'fixed' ? (
    <StateMark icon={IconCircleCheck} tone="good" title="The host reported its software without it">
      Fixed
    </StateMark>
  ) : (
    <StateMark icon={IconEraser} title="The software stayed, and the feeds do not say it any more">
      Taken back
    </StateMark>
  );
}

/** What the host does not have any more. */
export function ClosedFindings({ id, list }: { id: number; list: ListState<HostSearch> }) {
  const { query, page, per_page, change } = list;
  const asked = useQuery({ ...ask(closedFindings, { params: { id }, query: { query, page, per_page } }), ...liveList });
  return (
    <>
      <p className={`quiet ${styles.count}`} role="status">
        {asked.data && `${counted(asked.data.count, 'finding')} ended${matching(query, asked.data.count)}`}&nbsp;
      </p>
      <PagedList
        list={list}
        total={asked.data?.count}
        what="findings that ended on this host"
        asked={asked}
        rows={asked.data?.findings}
        rowKey={({ cve }) => cve}
        columns={columns}
        empty={
          <Empty
            title={query ? `Nothing that ended here matches “${query}”` : 'Nothing ended here in the last 90 days'}
          >
            <Button variant="default" onClick={() => change({ query: undefined, state: undefined })}>
              Show what was found
            </Button>
          </Empty>
        }
      />
    </>
  );
}

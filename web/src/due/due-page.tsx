import { type DueHost, type DueVulnerability, listDueHosts, listDueVulnerabilities } from '@flotilla/contract/due';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { type ListState, useListState } from '../pieces/list-state.ts';
import { Filters, Page } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { oneOf } from '../pieces/url-state.ts';
import { counted, number } from '../pieces/words.ts';
import { DueTime } from '../vulnerabilities/actions/due-time.tsx';
import { ExploitedMark } from '../vulnerabilities/exploited-mark.tsx';
import type { DueSearch } from './search.ts';

const route = getRouteApi('/frame/due');
const withins = [
  { value: '', label: 'Overdue' },
  { value: '3', label: 'Due within 3 days' },
  { value: '14', label: 'Due within 14 days' },
  { value: '30', label: 'Due within 30 days' },
];
const bys = [
  { value: '', label: 'By host' },
  { value: 'cve', label: 'By vulnerability' },
];

/** What is overdue or soon will be, the longest overdue first. */
export function DuePage() {
  const search = route.useSearch();
  return search.by === 'cve' ? <ByVulnerability search={search} /> : <ByHost search={search} />;
}

const hostColumns: readonly Column<DueHost>[] = [
  {
    key: 'host',
    title: 'Host',
    width: '40%',
    card: 'lead',
    cell: ({ host_id, display_name }) => (
      <Link to="/hosts/$id" params={{ id: `${host_id}` }} search={{ tab: 'findings' }} title={display_name}>
        {display_name}
      </Link>
    ),
  },
  { key: 'first', title: 'First due', width: '24%', card: 'lead', cell: (row) => <DueTime at={row.first_due_at} /> },
  { key: 'overdue', title: 'Overdue', width: '18%', numeric: true, cell: ({ overdue }) => number(overdue) },
  { key: 'findings', title: 'Listed', width: '18%', numeric: true, cell: ({ findings }) => number(findings) },
];

function ByHost({ search }: { search: DueSearch }) {
  const { page, per_page } = useListState(search);
  const query = { fleet_id: useFleetId(), within_days: search.within && Number(search.within), page, per_page };
  const asked = useQuery({ ...ask(listDueHosts, { query }), ...liveList });
  return (
    <DueFrame search={search} sentence={asked.data && counted(asked.data.count, 'host')}>
      {(list) => (
        <PagedList
          list={list}
          total={asked.data?.count}
          what="hosts"
          asked={asked}
          rows={asked.data?.hosts}
          rowKey={({ host_id }) => `${host_id}`}
          columns={hostColumns}
          empty={<NothingDue />}
        />
      )}
    </DueFrame>
  );
}

const vulnerabilityColumns: readonly Column<DueVulnerability>[] = [
  {
    key: 'cve',
    title: 'CVE',
    width: '28%',
    card: 'lead',
    cell: ({ cve }) => (
      <Link to="/vulnerabilities/$cve" params={{ cve }} className="nowrap">
        {cve}
      </Link>
    ),
  },
  { key: 'first', title: 'First due', width: '22%', card: 'lead', cell: (row) => <DueTime at={row.first_due_at} /> },
  { key: 'exploited', title: 'Attacks', width: '20%', cell: (row) => <ExploitedMark is={row.cisa_known_exploit} /> },
  { key: 'overdue', title: 'Overdue on', width: '15%', numeric: true, cell: (row) => number(row.overdue_hosts) },
  { key: 'hosts', title: 'Hosts listed', width: '15%', numeric: true, cell: ({ hosts }) => number(hosts) },
];

function ByVulnerability({ search }: { search: DueSearch }) {
  const { page, per_page } = useListState(search);
  const query = { fleet_id: useFleetId(), within_days: search.within && Number(search.within), page, per_page };
  const asked = useQuery({ ...ask(listDueVulnerabilities, { query }), ...liveList });
  return (
    <DueFrame search={search} sentence={asked.data && counted(asked.data.count, 'vulnerability', 'vulnerabilities')}>
      {(list) => (
        <PagedList
          list={list}
          total={asked.data?.count}
          what="vulnerabilities"
          asked={asked}
          rows={asked.data?.vulnerabilities}
          rowKey={({ cve }) => cve}
          columns={vulnerabilityColumns}
          empty={<NothingDue />}
        />
      )}
    </DueFrame>
  );
}

interface FrameProps {
  search: DueSearch;
  sentence: string | undefined;
  children: (list: ListState<DueSearch>) => ReactNode;
}

function DueFrame({ search, sentence, children }: FrameProps) {
  const list = useListState(search);
  const when = search.within ? `overdue or due within ${search.within} days` : 'overdue';
  return (
    <Page
      title="Due"
      above={<Link to="/">Home</Link>}
      sentence={sentence && `${sentence} ${when}, of findings that are due within 30 days of their beginning`}
    >
      <Filters>
        <NativeSelect
          aria-label="When"
          data={withins}
          value={search.within ?? ''}
          onChange={({ currentTarget }) => list.change({ within: oneOf(currentTarget.value, ['3', '14', '30']) })}
        />
        <NativeSelect
          aria-label="Listed"
          data={bys}
          value={search.by ?? ''}
          onChange={({ currentTarget }) => list.change({ by: oneOf(currentTarget.value, ['cve']) })}
        />
      </Filters>
      {children(list)}
    </Page>
  );
}

function NothingDue() {
  return (
    <Empty title="Nothing here">
      <p className="quiet">No urgent finding is due in this time. Others show their date on the page of their host.</p>
      <Link to="/vulnerabilities">See all vulnerabilities</Link>
    </Empty>
  );
}

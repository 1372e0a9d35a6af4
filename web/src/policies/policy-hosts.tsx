import { policyHosts } from '@flotilla/contract/policies';
import type { ResponseOf } from '@flotilla/contract/route';
import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { useListState } from '../pieces/list-state.ts';
import { Filters } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { oneOf } from '../pieces/url-state.ts';
import { counted } from '../pieces/words.ts';
import styles from './policies.module.css';
import { ResponseMark } from './response-mark.tsx';
import { type PolicySearch, responses } from './search.ts';

const route = getRouteApi('/frame/policies/$id');
type Row = ResponseOf<typeof policyHosts>['hosts'][number];

const columns: readonly Column<Row>[] = [
  {
    key: 'host',
    title: 'Host',
    width: '28%',
    card: 'lead',
    cell: (host) => (
      <Link to="/hosts/$id" params={{ id: `${host.id}` }} search={{ tab: 'policies' }} title={host.display_name}>
        {host.display_name}
      </Link>
    ),
  },
  { key: 'answer', title: 'Answer', width: '14%', card: 'lead', cell: (host) => <ResponseMark of={host.response} /> },
  { key: 'why', title: 'Why', width: '44%', cell: ({ why, error }) => <Why why={why} error={error} /> },
  { key: 'since', title: 'Since', width: '14%', numeric: true, cell: ({ since }) => <TimeAgo at={since} /> },
];

function Why({ why, error }: { why: string; error: string }) {
  if (error) return <span title={error}>osquery says: {error}</span>;
  return why ? <span title={why}>{why}</span> : <span className="quiet">not told</span>;
}

const choices = [
  { value: '', label: 'Any answer' },
  { value: 'fail', label: 'Fails' },
  { value: 'pass', label: 'Passes' },
  { value: 'none', label: 'No answer' },
];

/** How each host answers the policy, the failing ones first. */
export function PolicyHosts({ id }: { id: number }) {
  const list = useListState<PolicySearch>(route.useSearch());
  const { page, per_page } = list;
  const { response } = list.search;
  const asked = useQuery({
    ...ask(policyHosts, { params: { policy_id: id }, query: { page, per_page, response } }),
    ...liveList,
  });
  return (
    <section>
      <h2 className={styles.heading}>Hosts</h2>
      <Filters>
        <NativeSelect
          aria-label="Answer"
          data={choices}
          value={response ?? ''}
          onChange={({ currentTarget }) => list.change({ response: oneOf(currentTarget.value, responses) })}
        />
        <span className="quiet" role="status">
          {asked.data && counted(asked.data.count, 'host')}
        </span>
      </Filters>
      <PagedList
        list={list}
        total={asked.data?.count}
        what="hosts of the policy"
        asked={asked}
        rows={asked.data?.hosts}
        rowKey={(host) => `${host.id}`}
        columns={columns}
        empty={<NoHosts filtered={response !== undefined} clear={list.clear} />}
      />
    </section>
  );
}

function NoHosts({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  if (!filtered) return <Empty title="No host is in its scope" />;
  return (
    <Empty title="No host answers like that">
      <Button variant="default" onClick={clear}>
        Show all its hosts
      </Button>
    </Empty>
  );
}

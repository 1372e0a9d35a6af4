import { listHosts } from '@flotilla/contract/hosts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ask, liveMs } from '../api/queries.ts';
import { AsyncList } from '../pieces/async-list.tsx';
import { Page } from '../pieces/page.tsx';
import { Pager } from '../pieces/pager.tsx';
import { listQuery } from '../pieces/url-state.ts';
import { hostColumns } from './host-columns.tsx';
import { HostFilters } from './host-filters.tsx';
import { NoHosts, NoMatch } from './no-hosts.tsx';
import { hostsSentence } from './sentences.ts';
import { useHostCounts } from './use-host-counts.ts';

const route = getRouteApi('/frame/hosts');
const usual = { key: 'display_name', direction: 'asc' } as const;

/** The list of hosts. */
export function HostsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { query, page, per_page, order_key, order_direction } = listQuery(search, usual);
  const { software_title_id, software_version_id, os_version_id, status } = search;
  const filters = { query, status, software_title_id, software_version_id, os_version_id };
  const asked = useQuery({
    ...ask(listHosts, { query: { ...filters, page, per_page, order_key, order_direction } }),
    placeholderData: keepPreviousData,
    refetchInterval: liveMs,
  });
  const counts = useHostCounts(filters);
  const filtered = Object.values(filters).some((value) => value !== undefined);
  const change = (changes: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, page: undefined, ...changes }), replace: 'query' in changes });
  const clear = () => navigate({ search: {} });
  return (
    <Page title="Hosts" sentence={hostsSentence(counts, filtered)}>
      {(counts.all !== 0 || filtered) && <HostFilters search={search} change={change} />}
      <AsyncList
        what="hosts"
        asked={asked}
        rows={asked.data?.hosts}
        rowKey={(host) => `${host.id}`}
        columns={hostColumns}
        question={JSON.stringify(search)}
        sorting={{
          key: order_key,
          direction: order_direction,
          set: (key, direction) => change({ order_key: key as typeof order_key, order_direction: direction }),
        }}
        paging={{ page: search.page, first: () => void change({}) }}
        empty={filtered ? <NoMatch clear={clear} /> : <NoHosts />}
      />
      <Pager search={search} total={counts.matching} set={(to) => change({ page: undefined, ...to })} />
    </Page>
  );
}

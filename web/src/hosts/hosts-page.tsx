import { listHosts } from '@flotilla/contract/hosts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import { useSortedList } from '../pieces/list-state.ts';
import { Page } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
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
  const list = useSortedList(search, usual);
  const { query, page, per_page, order_key, order_direction } = list;
  const { software_title_id, software_version_id, os_version_id, status } = search;
  const filters = { query, status, software_title_id, software_version_id, os_version_id };
  const asked = useQuery({
    ...ask(listHosts, { query: { ...filters, page, per_page, order_key, order_direction } }),
    ...liveList,
  });
  const counts = useHostCounts(filters);
  const filtered = Object.values(filters).some((value) => value !== undefined);
  return (
    <Page title="Hosts" sentence={hostsSentence(counts, filtered)}>
      {(counts.all !== 0 || filtered) && <HostFilters search={search} change={list.change} />}
      <PagedList
        list={list}
        total={counts.matching}
        what="hosts"
        asked={asked}
        rows={asked.data?.hosts}
        rowKey={(host) => `${host.id}`}
        columns={hostColumns}
        empty={filtered ? <NoMatch clear={list.clear} /> : <NoHosts />}
      />
    </Page>
  );
}

import { listHosts } from '@flotilla/contract/hosts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../accounts/may.ts';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { useSortedList } from '../pieces/list-state.ts';
import { Page } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { useChosen } from './chosen-hosts.ts';
import { ColumnChoice, useShownColumns } from './column-choice.tsx';
import { ExportHosts } from './export-hosts.tsx';
import { HostFilters } from './host-filters.tsx';
import { NoHosts, NoMatch } from './no-hosts.tsx';
import { filterOf } from './search.ts';
import { hostsSentence } from './sentences.ts';
import { useHostCounts } from './use-host-counts.ts';

const route = getRouteApi('/frame/hosts');
const usual = { key: 'display_name', direction: 'asc' } as const;

/** The list of hosts. */
export function HostsPage() {
  const search = route.useSearch();
  const list = useSortedList(search, usual);
  const fleet_id = useFleetId();
  const { page, per_page, order_key, order_direction } = list;
  const filter = filterOf(search);
  const asked = useQuery({
    ...ask(listHosts, { query: { fleet_id, ...filter, page, per_page, order_key, order_direction } }),
    ...liveList,
  });
  const counts = useHostCounts({ fleet_id, ...filter }, fleet_id);
  const filtered = Object.values(filter).some((value) => value !== undefined);
  const rows = asked.data?.hosts;
  const { columns, ...choice } = useShownColumns();
  const mayWrite = useMay('hosts:write', 'somewhere');
  const { chosen, set, selection } = useChosen(JSON.stringify([fleet_id, filter]), rows ?? []);
  return (
    <Page title="Hosts" sentence={hostsSentence(counts, filtered)}>
      {(counts.all !== 0 || filtered) && (
        <HostFilters search={search} change={list.change}>
          <ColumnChoice {...choice} />
          <ExportHosts filter={{ fleet_id, ...filter }} order={{ order_key, order_direction }} />
        </HostFilters>
      )}
      <PagedList
        list={list}
        total={counts.matching}
        what="hosts"
        asked={asked}
        rows={rows}
        rowKey={(host) => `${host.id}`}
        columns={columns}
        selection={mayWrite ? selection : undefined}
        empty={filtered ? <NoMatch clear={list.clear} /> : <NoHosts />}
      />
      <BulkBar chosen={chosen} set={set} matching={counts.matching} onPage={rows?.length ?? 0} filter={filter} />
    </Page>
  );
}

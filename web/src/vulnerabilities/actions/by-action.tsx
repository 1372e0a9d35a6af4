import { actionOrderKeys, listActions } from '@flotilla/contract/actions';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask, liveList } from '../../api/queries.ts';
import { useFleetId } from '../../fleets/use-fleet.ts';
import { useSortedList } from '../../pieces/list-state.ts';
import { Filters, Page } from '../../pieces/page.tsx';
import { PagedList } from '../../pieces/paged-list.tsx';
import { SearchField } from '../../pieces/search-field.tsx';
import { counted } from '../../pieces/words.ts';
import { ExploitFilter } from '../exploit-filter.tsx';
import { GroupNav } from '../group-nav.tsx';
import { MoreLinks } from '../more-links.tsx';
import { NoVulnerabilities } from '../no-vulnerabilities.tsx';
import { sortedBy, type VulnerabilitiesSearch } from '../search.ts';
import { SeverityFilter } from '../severity-filter.tsx';
import { actionColumns } from './action-columns.tsx';
import { effectWords } from './action-words.ts';

const usual = { key: 'risk', direction: 'desc' } as const;
const choices = [
  { value: '', label: 'Package or not' },
  { value: 'true', label: 'Package ready' },
];

/** What to do, most risk first. */
export function ByAction({ search }: { search: VulnerabilitiesSearch }) {
  const fleet_id = useFleetId();
  const list = useSortedList({ ...sortedBy(search, actionOrderKeys), group: 'action' as const }, usual);
  const { query, page, per_page, order_key, order_direction } = list;
  const exploited = search.exploit ? true : undefined;
  const has_package = search.ready ? true : undefined;
  const filter = { query, exploited, has_package, severity: search.severity };
  const asked = useQuery({
    ...ask(listActions, { query: { fleet_id, ...filter, page, per_page, order_key, order_direction } }),
    ...liveList,
  });
  const filtered = Object.values(filter).some((one) => one !== undefined);
  const change = (to: VulnerabilitiesSearch) => list.change({ ...to, group: 'action' } as Partial<typeof list.search>);
  const clear = () => change({ query: undefined, exploit: undefined, severity: undefined, ready: undefined });
  const total = asked.data?.count;
  return (
    <Page
      title="Vulnerabilities"
      above={<GroupNav group="action" />}
      sentence={<Sentence matching={filtered ? total : undefined} />}
      actions={<MoreLinks />}
    >
      {(total !== 0 || filtered) && (
        <Filters>
          <SearchField label="Search by name" value={query} set={(text) => change({ query: text })} />
          <ExploitFilter value={search.exploit} set={(exploit) => change({ exploit })} />
          <SeverityFilter value={search.severity} set={(severity) => change({ severity })} />
          <NativeSelect
            aria-label="Package"
            data={choices}
            value={search.ready ?? ''}
            onChange={({ currentTarget }) => change({ ready: currentTarget.value === 'true' ? 'true' : undefined })}
          />
        </Filters>
      )}
      <PagedList
        list={list}
        total={total}
        what="actions"
        asked={asked}
        rows={asked.data?.actions}
        rowKey={({ id }) => `${id}`}
        columns={actionColumns}
        empty={<NoVulnerabilities filtered={filtered} clear={clear} />}
      />
    </Page>
  );
}

/** The best that can be done now, and what else there is. */
function Sentence({ matching }: { matching: number | undefined }) {
  const fleet_id = useFleetId();
  const { data } = useQuery({ ...ask(listActions, { query: { fleet_id, per_page: 1 } }), ...liveList });
  if (!data) return null;
  const [first] = data.actions;
  if (!first) return 'None is known on your hosts';
  const all = counted(data.count, 'action');
  if (matching !== undefined) return `${matching} of ${all} ${matching === 1 ? 'matches' : 'match'}`;
  return `${effectWords(first)}. ${all} in all`;
}

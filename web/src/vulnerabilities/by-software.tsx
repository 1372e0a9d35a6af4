import { listTitles, titleOrderKeys } from '@flotilla/contract/software';
import { useQuery } from '@tanstack/react-query';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { useSortedList } from '../pieces/list-state.ts';
import { Filters, Page } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { counted } from '../pieces/words.ts';
import { titleColumns } from '../software/title-columns.tsx';
import { ExploitFilter } from './exploit-filter.tsx';
import { GroupNav } from './group-nav.tsx';
import { MoreLinks } from './more-links.tsx';
import { NoVulnerabilities } from './no-vulnerabilities.tsx';
import { sortedBy, type VulnerabilitiesSearch } from './search.ts';
import { SeverityFilter } from './severity-filter.tsx';
import { leastScores } from './severity-words.ts';

const usual = { key: 'hosts_count', direction: 'desc' } as const;

/** The titles in which something was found. */
export function BySoftware({ search }: { search: VulnerabilitiesSearch }) {
  const fleet_id = useFleetId();
  const list = useSortedList(sortedBy(search, titleOrderKeys), usual);
  const { query, page, per_page, order_key, order_direction } = list;
  const exploit = search.exploit ? true : undefined;
  const min_cvss_score = search.severity && leastScores[search.severity];
  const filter = { fleet_id, vulnerable: true, query, exploit, min_cvss_score };
  const asked = useQuery({
    ...ask(listTitles, { query: { ...filter, page, per_page, order_key, order_direction } }),
    ...liveList,
  });
  const filtered = [query, exploit, min_cvss_score].some((one) => one !== undefined);
  const clear = () => list.change({ query: undefined, exploit: undefined, severity: undefined });
  const total = asked.data?.count;
  return (
    <Page
      title="Vulnerabilities"
      above={<GroupNav group="software" />}
      sentence={
        total === undefined ? null : `Something was found in ${counted(total, 'title')}${filtered ? ' that match' : ''}`
      }
      actions={<MoreLinks />}
    >
      {(total !== 0 || filtered) && (
        <Filters>
          <SearchField label="Search by title or CVE" value={query} set={(text) => list.change({ query: text })} />
          <ExploitFilter value={search.exploit} set={(value) => list.change({ exploit: value })} />
          <SeverityFilter value={search.severity} set={(severity) => list.change({ severity })} />
        </Filters>
      )}
      <PagedList
        list={list}
        total={total}
        what="vulnerable titles"
        asked={asked}
        rows={asked.data?.software_titles}
        rowKey={({ id }) => `${id}`}
        columns={titleColumns}
        empty={<NoVulnerabilities filtered={filtered} clear={clear} />}
      />
    </Page>
  );
}

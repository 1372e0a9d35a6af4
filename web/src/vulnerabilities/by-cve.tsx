import { exportVulnerabilities } from '@flotilla/contract/exports';
import { listVulnerabilities, vulnerabilityOrderKeys } from '@flotilla/contract/vulnerabilities';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { addressOf } from '../api/call.ts';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { ExportMenu } from '../pieces/export-menu.tsx';
import { useSortedList } from '../pieces/list-state.ts';
import { Filters, Page } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { counted, number } from '../pieces/words.ts';
import { ExploitFilter } from './exploit-filter.tsx';
import { GroupNav } from './group-nav.tsx';
import { MoreLinks } from './more-links.tsx';
import { NoVulnerabilities } from './no-vulnerabilities.tsx';
import { sortedBy, type VulnerabilitiesSearch } from './search.ts';
import { SeverityFilter } from './severity-filter.tsx';
import { leastScores } from './severity-words.ts';
import { vulnerabilityColumns } from './vulnerability-columns.tsx';

const usual = { key: 'hosts_count', direction: 'desc' } as const;

/** The list of vulnerabilities that hosts have. */
export function ByCve({ search }: { search: VulnerabilitiesSearch }) {
  const fleet_id = useFleetId();
  const list = useSortedList(sortedBy(search, vulnerabilityOrderKeys), usual);
  const { query, page, per_page, order_key, order_direction } = list;
  const exploit = search.exploit ? true : undefined;
  const min_cvss_score = search.severity && leastScores[search.severity];
  const filter = { fleet_id, query, exploit, min_cvss_score };
  const asked = useQuery({
    ...ask(listVulnerabilities, { query: { ...filter, page, per_page, order_key, order_direction } }),
    ...liveList,
  });
  const all = useQuery({ ...ask(listVulnerabilities, { query: { fleet_id, per_page: 1 } }), ...liveList });
  const filtered = [query, exploit, min_cvss_score].some((one) => one !== undefined);
  const total = all.data?.count;
  return (
    <Page
      title="Vulnerabilities"
      above={<GroupNav group="cve" />}
      sentence={
        <Sentence total={total} matching={filtered ? asked.data?.count : undefined} at={all.data?.counts_updated_at} />
      }
      actions={<MoreLinks />}
    >
      {(total !== 0 || filtered) && (
        <Filters>
          <SearchField label="Search by CVE" value={query} set={(text) => list.change({ query: text })} />
          <ExploitFilter value={search.exploit} set={(value) => list.change({ exploit: value })} />
          <SeverityFilter value={search.severity} set={(severity) => list.change({ severity })} />
          <ExportMenu
            formats={(['csv', 'json'] as const).map((format) => ({
              name: format.toUpperCase(),
              href: addressOf(exportVulnerabilities.path, undefined, {
                ...{ ...filter, order_key, order_direction },
                format,
              }),
            }))}
          />
        </Filters>
      )}
      <PagedList
        list={list}
        total={asked.data?.count}
        what="vulnerabilities"
        asked={asked}
        rows={asked.data?.vulnerabilities}
        rowKey={({ cve }) => cve}
        columns={vulnerabilityColumns}
        empty={
          <NoVulnerabilities
            filtered={filtered}
            clear={() => list.change({ group: 'cve', query: undefined, exploit: undefined, severity: undefined })}
          />
        }
      />
    </Page>
  );
}

interface SentenceProps {
  total: number | undefined;
  matching: number | undefined;
  at: string | null | undefined;
}

function Sentence({ total, matching, at }: SentenceProps) {
  const fleet_id = useFleetId();
  const exploited = useQuery({
    ...ask(listVulnerabilities, { query: { fleet_id, exploit: true, per_page: 1 } }),
    ...liveList,
  });
  if (total === undefined) return null;
  if (total === 0) return 'None is known on your hosts';
  const whole = counted(total, 'vulnerability', 'vulnerabilities');
  return (
    <>
      {matching === undefined ? whole : `${number(matching)} of ${whole}`} on your hosts
      {matching === undefined ? <Exploited count={exploited.data?.count} /> : matching === 1 ? ' matches' : ' match'}
      {at && (
        <>
          , counts as of <TimeAgo at={at} />
        </>
      )}
    </>
  );
}

function Exploited({ count }: { count: number | undefined }) {
  if (count === undefined) return null;
  if (count === 0) return ', none of them known to be exploited';
  return (
    <>
      ,{' '}
      <Link to="/vulnerabilities" search={{ group: 'cve', exploit: 'true' }}>
        {number(count)} known exploited
      </Link>
    </>
  );
}

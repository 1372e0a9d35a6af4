import type { ResponseOf } from '@flotilla/contract/route';
import { listOsVersions } from '@flotilla/contract/software';
import { IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { platformName } from '../hosts/platform-names.ts';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { useSortedList } from '../pieces/list-state.ts';
import { Page } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { counted, number } from '../pieces/words.ts';
import { EndMark } from '../software/end-mark.tsx';

const route = getRouteApi('/frame/os');
const usual = { key: 'hosts_count', direction: 'desc' } as const;

type OsVersions = ResponseOf<typeof listOsVersions>;
type OsVersion = OsVersions['os_versions'][number];

/** Which operating systems run on how many hosts. */
export function OsVersionsPage() {
  const fleet_id = useFleetId();
  const list = useSortedList(route.useSearch(), usual);
  const { page, per_page, order_key, order_direction } = list;
  const asked = useQuery({
    ...ask(listOsVersions, { query: { fleet_id, max_vulnerabilities: 0, page, per_page, order_key, order_direction } }),
    ...liveList,
  });
  return (
    <Page title="Operating systems" sentence={asked.data && <Sentence list={asked.data} />}>
      <PagedList
        list={list}
        total={asked.data?.count}
        what="operating systems"
        asked={asked}
        rows={asked.data?.os_versions}
        rowKey={(os) => `${os.os_version_id}`}
        columns={columns}
        empty={
          <Empty icon={<IconStack2 size={28} stroke={1.5} aria-hidden />} title="No operating systems yet">
            <p className="quiet">They appear as soon as the first host reports.</p>
            <Link to="/hosts">See how to enrol a host</Link>
          </Empty>
        }
      />
    </Page>
  );
}

function Sentence({ list }: { list: OsVersions }) {
  if (list.count === 0) return 'No host has reported yet';
  return (
    <>
      {counted(list.count, 'version')} of operating systems on your hosts
      {list.counts_updated_at && (
        <>
          , counts as of <TimeAgo at={list.counts_updated_at} />
        </>
      )}
    </>
  );
}

const columns: readonly Column<OsVersion>[] = [
  {
    key: 'name',
    title: 'Name',
    width: '30%',
    card: 'lead',
    cell: (os) => (
      <Link to="/hosts" search={{ os_version_id: os.os_version_id }} title={os.name}>
        {os.name}
      </Link>
    ),
  },
  { key: 'version', title: 'Version', width: '18%', cell: (os) => os.version || '—' },
  { key: 'platform', title: 'Platform', width: '12%', wide: true, cell: (os) => platformName(os.platform) },
  { key: 'end', title: 'Fixes', width: '18%', cell: (os) => <EndMark end={os.end_of_life} /> },
  {
    key: 'vulnerabilities',
    title: 'Vulnerabilities',
    numeric: true,
    width: '14%',
    cell: (os) => number(os.vulnerabilities_count),
  },
  {
    key: 'hosts',
    title: 'Hosts',
    sort: 'hosts_count',
    first: 'desc',
    numeric: true,
    width: '10%',
    cell: (os) => (
      <Link
        to="/hosts"
        search={{ os_version_id: os.os_version_id }}
        aria-label={`${counted(os.hosts_count, 'host')} with ${os.name}`}
      >
        {number(os.hosts_count)}
      </Link>
    ),
  },
];

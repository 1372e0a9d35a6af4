import { type HostTitle, listHostSoftware } from '@flotilla/contract/host-software';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import type { Column } from '../pieces/column.ts';
import { type ListState, useListState } from '../pieces/list-state.ts';
import { Filters } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { counted, number } from '../pieces/words.ts';
import { sourceName } from '../software/source-names.ts';
import { VulnerabilityCount } from '../vulnerabilities/vulnerability-count.tsx';
import styles from './as-of.module.css';
import { AsOf } from './as-of.tsx';
import { NoSoftware } from './no-software.tsx';
import type { HostSearch } from './search.ts';
import { matching } from './sentences.ts';
import { SoftwareAt } from './software-at.tsx';

const route = getRouteApi('/frame/hosts/$id');

/** What is installed on the host, now or at a moment of the past. */
export default function SoftwareTab({ id }: { id: number }) {
  const list = useListState<HostSearch>(route.useSearch());
  const { search, change } = list;
  return (
    <>
      <Filters>
        <SearchField label="Search the software of this host" value={search.query} set={(query) => change({ query })} />
        <AsOf at={search.at} set={(at) => change({ at })} />
      </Filters>
      {search.at ? <SoftwareAt id={id} at={search.at} list={list} /> : <SoftwareNow id={id} list={list} />}
    </>
  );
}

export interface SoftwareProps {
  id: number;
  list: ListState<HostSearch>;
}

const columns = (hostId: number): readonly Column<HostTitle>[] => [
  {
    key: 'name',
    title: 'Name',
    sort: 'name',
    width: '36%',
    card: 'lead',
    cell: (title) => (
      <Link to="/software/titles/$id" params={{ id: `${title.id}` }} title={title.name}>
        {title.display_name || title.name}
      </Link>
    ),
  },
  {
    key: 'version',
    title: 'Version',
    width: '28%',
    cell: (title) => {
      const versions = title.installed_versions.map(({ version }) => version).join(', ');
      return <span title={versions}>{versions || '—'}</span>;
    },
  },
  { key: 'source', title: 'Kind', width: '20%', cell: (title) => sourceName(title.source, title.extension_for) },
  {
    key: 'vulnerabilities',
    title: 'Vulnerabilities',
    numeric: true,
    width: '16%',
    cell: (title) => (
      <VulnerabilityCount of={title.installed_versions}>
        {(count) => (
          <Link
            to="/hosts/$id"
            params={{ id: `${hostId}` }}
            search={{ tab: 'findings', query: title.name }}
            aria-label={`${counted(count, 'vulnerability', 'vulnerabilities')} of ${title.name}`}
          >
            {number(count)}
          </Link>
        )}
      </VulnerabilityCount>
    ),
  },
];

function SoftwareNow({ id, list }: SoftwareProps) {
  const { query, page, per_page, change } = list;
  const direction = list.search.order_direction ?? 'asc';
  const asked = useQuery({
    ...ask(listHostSoftware, {
      params: { id },
      query: { query, page, per_page, order_key: 'name', order_direction: direction },
    }),
    ...liveList,
  });
  return (
    <>
      <p className={`quiet ${styles.count}`} role="status">
        {asked.data && `${counted(asked.data.count, 'title')}${matching(query, asked.data.count)}`}&nbsp;
      </p>
      <PagedList
        list={{
          ...list,
          sorting: {
            key: 'name',
            direction,
            set: (_, to) => change({ order_direction: to === 'asc' ? undefined : to }),
          },
        }}
        total={asked.data?.count}
        what="software of this host"
        asked={asked}
        rows={asked.data?.software}
        rowKey={(title) => `${title.id}`}
        columns={columns(id)}
        empty={<NoSoftware query={query} clear={() => change({ query: undefined })} />}
      />
    </>
  );
}

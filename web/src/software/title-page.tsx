import type { Title } from '@flotilla/contract/software';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { liveMs } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { AsyncList } from '../pieces/async-list.tsx';
import type { Column, Sorting } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { Page } from '../pieces/page.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { ShareBar } from '../pieces/share-bar.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { counted, number } from '../pieces/words.ts';
import { VulnerabilityCount } from '../vulnerabilities/vulnerability-count.tsx';
import { EndMark } from './end-mark.tsx';
import { titleQuery } from './software-queries.ts';
import { sortVersions, type TitleVersion } from './sort-versions.ts';
import { sourceName } from './source-names.ts';
import styles from './title-page.module.css';

const TitleMerges = lazy(() => import('./title-merges.tsx'));
const TitlePackages = lazy(() => import('../library/title-packages.tsx'));
const route = getRouteApi('/frame/software/titles/$id');

/** One title: what the library has of it, and which versions of it are on how many hosts. */
export function TitlePage() {
  const id = Number(route.useParams().id);
  const fleet_id = useFleetId();
  const asked = useQuery({ ...titleQuery(id, fleet_id), refetchInterval: liveMs });
  const title = asked.data?.software_title;
  const above = <Link to="/software">Software</Link>;
  if (asked.error && !title) {
    return (
      <Page title="Software" above={above}>
        <Trouble what="The title could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={title && (title.display_name || title.name)}
      above={above}
      sentence={title && <Sentence title={title} />}
    >
      {title && (
        <Suspense fallback={<PanelSkeleton lines={3} />}>
          <TitlePackages title={title} />
        </Suspense>
      )}
      <h2 className={styles.heading}>Versions</h2>
      <Versions title={title} asked={asked} />
      {title && (
        <Suspense>
          <TitleMerges id={title.id} name={title.display_name || title.name} />
        </Suspense>
      )}
    </Page>
  );
}

function Sentence({ title }: { title: Title }) {
  return (
    <>
      {sourceName(title.source, title.extension_for)}, {counted(title.versions_count, 'version')} on{' '}
      <Link to="/hosts" search={{ software_title_id: title.id }}>
        {counted(title.hosts_count, 'host')}
      </Link>
      {title.counts_updated_at && (
        <>
          , counts as of <TimeAgo at={title.counts_updated_at} />
        </>
      )}
    </>
  );
}

const columns = (total: number): readonly Column<TitleVersion>[] => [
  {
    key: 'version',
    title: 'Version',
    sort: 'version',
    first: 'desc',
    width: '28%',
    card: 'lead',
    cell: (version) => (
      <Link to="/software/versions/$id" params={{ id: `${version.id}` }} title={version.version}>
        {version.version || '—'}
      </Link>
    ),
  },
  {
    key: 'vulnerabilities',
    title: 'Vulnerabilities',
    numeric: true,
    width: '16%',
    cell: (version) => (
      <VulnerabilityCount of={[version]}>
        {(count) => (
          <Link
            to="/software/versions/$id"
            params={{ id: `${version.id}` }}
            aria-label={`${counted(count, 'vulnerability', 'vulnerabilities')} in version ${version.version}`}
          >
            {number(count)}
          </Link>
        )}
      </VulnerabilityCount>
    ),
  },
  { key: 'end', title: 'Fixes', width: '18%', wide: true, cell: (version) => <EndMark end={version.end_of_life} /> },
  {
    key: 'share',
    title: 'Share of hosts',
    width: '24%',
    card: 'hidden',
    cell: (version) => <ShareBar part={version.hosts_count} whole={total} />,
  },
  {
    key: 'hosts',
    title: 'Hosts',
    sort: 'hosts',
    first: 'desc',
    numeric: true,
    width: '14%',
    cell: (version) => (
      <Link
        to="/hosts"
        search={{ software_version_id: version.id }}
        aria-label={`${counted(version.hosts_count, 'host')} with version ${version.version}`}
      >
        {number(version.hosts_count)}
      </Link>
    ),
  },
];

function Versions({ title, asked }: { title: Title | undefined; asked: { error: unknown; refetch: () => unknown } }) {
  const [order, setOrder] = useState<Pick<Sorting, 'key' | 'direction'>>({ key: 'hosts', direction: 'desc' });
  return (
    <AsyncList
      what="versions"
      asked={asked}
      rows={title && sortVersions(title.versions, order)}
      rowKey={(version) => `${version.id}`}
      columns={columns(title?.hosts_count ?? 0)}
      question={`${title?.id} ${order.key} ${order.direction}`}
      sorting={{ ...order, set: (key, direction) => setOrder({ key, direction }) }}
      empty={
        <Empty title="No host has this software any more">
          <p className="quiet">It was on a host before; the timeline of the host says when it went.</p>
        </Empty>
      }
    />
  );
}

import type { FeedState } from '@flotilla/contract/feeds';
import { countHosts } from '@flotilla/contract/hosts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, liveList } from '../api/queries.ts';
import { feedsQuery } from '../feeds/feeds-query.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { counted } from '../pieces/words.ts';
import styles from './home.module.css';

/** How far the figures can be trusted: how old the feeds are, and which hosts are silent. */
export function DataHealth() {
  const fleet_id = useFleetId();
  const feeds = useQuery({ ...feedsQuery, ...liveList });
  const missing = useQuery({ ...ask(countHosts, { query: { fleet_id, status: 'missing' } }), ...liveList });
  const error = feeds.error ?? missing.error;
  if (error && !(feeds.data && missing.data)) {
    return (
      <Trouble what="The state of the data could not be loaded" error={error} retry={() => void feeds.refetch()} />
    );
  }
  if (!feeds.data || !missing.data) return <PanelSkeleton lines={3} />;
  return (
    <section className={`panel ${styles.panel}`} aria-labelledby="health">
      <h2 id="health">Data health</h2>
      <ul className={styles.lines}>
        <li>
          <FeedLine feeds={feeds.data.feeds.filter(({ is_needed, is_absent }) => is_needed && !is_absent)} />
        </li>
        <li>
          <Link to="/hosts" search={{ status: 'missing' }}>
            {counted(missing.data.count, 'silent host')}
          </Link>{' '}
          <span className="quiet">not seen for long; their findings may be old</span>
        </li>
      </ul>
    </section>
  );
}

function FeedLine({ feeds }: { feeds: FeedState[] }): ReactNode {
  const failed = feeds.filter(({ failure, held }) => failure ?? held);
  const waiting = feeds.filter(({ fetched_at }) => fetched_at === null);
  const oldest = feeds.flatMap(({ fetched_at }) => fetched_at ?? []).sort()[0];
  const trouble = [
    ...(failed.length > 0 ? [`${failed.length} failed or held`] : []),
    ...(waiting.length > 0 ? [`${waiting.length} not fetched yet`] : []),
  ];
  return (
    <>
      <Link to="/feeds">{counted(feeds.length, 'feed')}</Link>{' '}
      <span className="quiet">
        {trouble.length > 0 ? trouble.join(', ') : 'all up to date at the last look'}
        {oldest && (
          <>
            , the oldest from <TimeAgo at={oldest} />
          </>
        )}
      </span>
    </>
  );
}

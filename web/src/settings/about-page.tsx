import { version } from '@flotilla/contract/server';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMay } from '../accounts/may.ts';
import { ask } from '../api/queries.ts';
import { feedsQuery } from '../feeds/feeds-query.ts';
import { Facts } from '../pieces/facts.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import styles from './settings.module.css';
import { SettingsPage } from './settings-page.tsx';

/** Which Flotilla this is, and how old its knowledge is. */
export function AboutPage() {
  const asked = useQuery(ask(version, {}));
  const mayRead = useMay('software:read');
  return (
    <SettingsPage title="About" sentence={asked.data && `Flotilla ${asked.data.version}`}>
      {asked.error && !asked.data && (
        <Trouble what="The version could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      )}
      {!asked.error && !asked.data && <PanelSkeleton lines={2} />}
      {asked.data && (
        <section className={`panel ${styles.section}`}>
          <Facts
            facts={[
              ['Version', asked.data.version],
              ['Server', location.host],
              ['Licence', 'Apache-2.0'],
            ]}
          />
        </section>
      )}
      {mayRead && <FeedAges />}
    </SettingsPage>
  );
}

function FeedAges() {
  const { data } = useQuery(feedsQuery);
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>Feeds</h2>
        <Link to="/feeds">All about the feeds</Link>
      </div>
      {data ? (
        <div className="panel">
          <Facts
            facts={data.feeds.map((feed) => [feed.name, <TimeAgo key={feed.name} at={feed.fetched_at} />] as const)}
          />
        </div>
      ) : (
        <PanelSkeleton lines={3} />
      )}
    </section>
  );
}

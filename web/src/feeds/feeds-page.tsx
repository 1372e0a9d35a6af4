import type { FeedState } from '@flotilla/contract/feeds';
import { IconAlertTriangle, IconCheck, IconClock, IconHandStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { liveMs } from '../api/queries.ts';
import { Page } from '../pieces/page.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import { counted, number } from '../pieces/words.ts';
import { AcceptFeedButton } from './accept-feed-button.tsx';
import { isInUse } from './feed-trouble.ts';
import { feedWords } from './feed-words.ts';
import styles from './feeds.module.css';
import { feedsQuery } from './feeds-query.ts';
import { SelfCheck } from './self-check.tsx';
import { UpdateFeedsButton } from './update-feeds-button.tsx';

const icons = { good: IconCheck, wait: IconClock, warn: IconHandStop, bad: IconAlertTriangle };

/** Where vulnerability data come from: how old each feed is and what is wrong with it. */
export function FeedsPage() {
  const asked = useQuery({ ...feedsQuery, refetchInterval: liveMs });
  const feeds = asked.data?.feeds;
  const retry = () => void asked.refetch();
  return (
    <Page
      title="Feeds"
      above={<Link to="/vulnerabilities">Vulnerabilities</Link>}
      sentence={feeds && sentenceOf(feeds)}
      actions={<UpdateFeedsButton />}
    >
      {asked.error && feeds && <StaleNotice error={asked.error} retry={retry} />}
      {asked.error && !feeds && <Trouble what="The feeds could not be loaded" error={asked.error} retry={retry} />}
      {!asked.error && !feeds && <PanelSkeleton lines={6} />}
      {feeds && (
        <>
          <SelfCheck check={asked.data?.self_check ?? null} />
          <Group title="In use" feeds={feeds.filter(isInUse)} />
          <Group title="Not in the mirror" feeds={feeds.filter((feed) => feed.is_needed && !isInUse(feed))} />
          <Group title="Not needed" feeds={feeds.filter(({ is_needed }) => !is_needed)} />
        </>
      )}
    </Page>
  );
}

function Group({ title, feeds }: { title: string; feeds: readonly FeedState[] }) {
  if (feeds.length === 0) return null;
  return (
    <section className={styles.group}>
      <h2>
        {title} <span className="quiet number">{number(feeds.length)}</span>
      </h2>
      <ul className={styles.feeds}>
        {feeds.map((feed) => (
          <Feed key={feed.name} feed={feed} />
        ))}
      </ul>
    </section>
  );
}

function sentenceOf(feeds: readonly FeedState[]): string {
  const needed = feeds.filter(isInUse);
  const wrong = needed.filter(({ failure, held, is_snapshot }) => !is_snapshot && (failure || held)).length;
  const shipped = needed.filter(({ is_snapshot }) => is_snapshot).length;
  const never = needed.filter(({ fetched_at, failure }) => fetched_at === null && !failure).length;
  const parts = [
    wrong > 0 && `${number(wrong)} could not be renewed`,
    shipped > 0 && `of ${number(shipped)} only what came with Flotilla`,
    never > 0 && `${number(never)} ${never === 1 ? 'was' : 'were'} never fetched`,
  ].filter(Boolean);
  return `${counted(needed.length, 'feed')} of vulnerability data in use: ${parts.join(', ') || 'none has a problem'}`;
}

function Feed({ feed }: { feed: FeedState }) {
  const { tone, words } = feedWords(feed);
  const Icon = icons[tone];
  const trouble = feed.failure ?? feed.held;
  return (
    <li className={`panel ${styles.feed}`} data-row="">
      <h3>{feed.title}</h3>
      <div className={styles.state} data-tone={tone}>
        <Icon size={16} aria-hidden />
        <span>
          {words}
          {trouble && (
            <>
              {' '}
              (<TimeAgo at={trouble.at} />)
            </>
          )}
        </span>
      </div>
      {feed.held && <AcceptFeedButton feed={feed} />}
      <dl className={styles.figures}>
        <div>
          <dt>Records</dt>
          <dd className="number">{number(feed.records)}</dd>
        </div>
        <div>
          <dt>Not understood</dt>
          <dd className="number">{number(feed.problems)}</dd>
        </div>
        <Moment name="Published" at={feed.published_at} otherwise="not told" />
        <Moment name="Last changed here" at={feed.fetched_at} />
        <Moment name="Last confirmed" at={feed.verified_at} />
      </dl>
    </li>
  );
}

function Moment({ name, at, otherwise }: { name: string; at: string | null; otherwise?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{at === null && otherwise ? <span className="quiet">{otherwise}</span> : <TimeAgo at={at} />}</dd>
    </div>
  );
}

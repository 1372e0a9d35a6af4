import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { liveList } from '../api/queries.ts';
import { feedsQuery } from '../feeds/feeds-query.ts';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { counted } from '../pieces/words.ts';

/** How many feeds are in use, how old the oldest is, and what is wrong with them. */
export function FeedsLine() {
  const { data, error } = useQuery({ ...feedsQuery, ...liveList });
  if (!data) return <span className="quiet">{error ? 'The feeds could not be loaded' : 'Feeds …'}</span>;
  const feeds = data.feeds.filter(({ is_needed, is_absent }) => is_needed && !is_absent);
  const oldest = feeds.flatMap(({ fetched_at }) => fetched_at ?? []).sort()[0];
  const trouble = [
    [feeds.filter(({ held }) => held).length, 'held back'],
    [feeds.filter(({ failure, held }) => failure && !held).length, 'not renewed'],
    [feeds.filter(({ is_snapshot }) => is_snapshot).length, 'from the data that came with Flotilla'],
    [feeds.filter((one) => one.fetched_at === null && !one.is_snapshot && !one.failure).length, 'not read yet'],
  ] as const;
  const told = trouble.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return (
    <>
      <Link to="/feeds">{counted(feeds.length, 'feed')}</Link>{' '}
      <span className="quiet">
        {told.length > 0 ? told.join(', ') : feeds.length > 0 && 'all renewed at the last look'}
        {oldest && (
          <>
            , the oldest read <TimeAgo at={oldest} />
          </>
        )}
      </span>
    </>
  );
}

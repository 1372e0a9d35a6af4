import { type Activity, listActivities } from '@flotilla/contract/activities';
import type { ResponseOf } from '@flotilla/contract/route';
import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { liveMs } from '../api/queries.ts';
import { Empty } from '../pieces/empty.tsx';
import { Page } from '../pieces/page.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { day } from '../pieces/relative-time.ts';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import styles from './activity.module.css';
import { ActivityEntry } from './activity-entry.tsx';

const perPage = 50;

/** Who did what, newest first. */
export function ActivityPage() {
  const asked = useActivities();
  const activities = asked.data && distinct(asked.data.pages.flatMap((page) => page.activities));
  const retry = () => void asked.refetch();
  return (
    <Page title="Activity" sentence="Who did what, newest first">
      {asked.error && !activities && (
        <Trouble what="The activity could not be loaded" error={asked.error} retry={retry} />
      )}
      {asked.error && activities && <StaleNotice error={asked.error} retry={retry} />}
      {!asked.error && !activities && <PanelSkeleton lines={8} />}
      {activities?.length === 0 && (
        <Empty icon={<IconHistory size={28} stroke={1.5} aria-hidden />} title="Nothing was done yet">
          <p className="quiet">Installations, uploads, policies, rollouts and stops appear here as they happen.</p>
        </Empty>
      )}
      {activities && activities.length > 0 && <Days activities={activities} />}
      {asked.hasNextPage && (
        <p className={styles.more}>
          <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            Load earlier activity
          </Button>
        </p>
      )}
    </Page>
  );
}

function Days({ activities }: { activities: readonly Activity[] }) {
  const days = Map.groupBy(activities, ({ created_at }) => day(created_at));
  return [...days].map(([name, ofDay]) => (
    <section key={name} className={styles.day}>
      <h2>{name}</h2>
      <ul className={`panel ${styles.entries}`}>
        {ofDay.map((activity) => (
          <ActivityEntry key={activity.id} activity={activity} />
        ))}
      </ul>
    </section>
  ));
}

/** Pages are counted from the newest: what came in between shifts them, and a row may come twice. */
const distinct = (activities: readonly Activity[]): Activity[] => [
  ...new Map(activities.map((activity) => [activity.id, activity])).values(),
];

function useActivities() {
  return useInfiniteQuery({
    queryKey: [listActivities.path],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      call(listActivities, {
        query: { page: pageParam, per_page: perPage, order_key: 'id', order_direction: 'desc' },
        signal,
      }),
    getNextPageParam: ({ meta }: ResponseOf<typeof listActivities>, _all, page: number) =>
      meta.has_next_results ? page + 1 : undefined,
    refetchInterval: liveMs,
  });
}

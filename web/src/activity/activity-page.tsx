import { type Activity, listActivities } from '@flotilla/contract/activities';
import type { ResponseOf } from '@flotilla/contract/route';
import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { call } from '../api/call.ts';
import { liveMs } from '../api/queries.ts';
import { Empty } from '../pieces/empty.tsx';
import { useListState } from '../pieces/list-state.ts';
import { Page } from '../pieces/page.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { day } from '../pieces/relative-time.ts';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import styles from './activity.module.css';
import { ActivityEntry } from './activity-entry.tsx';
import { ActivityFilters } from './activity-filters.tsx';
import { ChainMark } from './chain-mark.tsx';
import type { ActivitySearch } from './search.ts';

const perPage = 50;
const route = getRouteApi('/frame/activity');

/** Who did what, newest first. */
export function ActivityPage() {
  const search = route.useSearch();
  const { change, clear } = useListState(search);
  const asked = useActivities(filterOf(search));
  const activities = asked.data && distinct(asked.data.pages.flatMap((page) => page.activities));
  const retry = () => void asked.refetch();
  const isFiltered = Object.values(filterOf(search)).some((value) => value !== undefined);
  return (
    <Page title="Activity" sentence="Who did what, newest first" actions={<ChainMark />}>
      <ActivityFilters search={search} change={change} />
      {asked.error && !activities && (
        <Trouble what="The activity could not be loaded" error={asked.error} retry={retry} />
      )}
      {asked.error && activities && <StaleNotice error={asked.error} retry={retry} />}
      {!asked.error && !activities && <PanelSkeleton lines={8} />}
      {activities?.length === 0 && <Nothing clear={isFiltered ? clear : undefined} />}
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

function Nothing({ clear }: { clear: (() => void) | undefined }) {
  const icon = <IconHistory size={28} stroke={1.5} aria-hidden />;
  if (clear) {
    return (
      <Empty icon={icon} title="Nothing like it was done">
        <Button variant="default" onClick={clear}>
          Show all activity
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon={icon} title="Nothing was done yet">
      <p className="quiet">Installations, uploads, policies, rollouts and stops appear here as they happen.</p>
    </Empty>
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

/** What came in meanwhile may repeat a row at the seam of two pages. */
const distinct = (activities: readonly Activity[]): Activity[] => [
  ...new Map(activities.map((activity) => [activity.id, activity])).values(),
];

/** Days of the person, as moments; the last one is included. */
function filterOf({ query, type, from, to }: ActivitySearch) {
  const begin = (day: string, days = 0) => {
    const date = new Date(`${day}T00:00:00`);
    date.setDate(date.getDate() + days);
    return date.toISOString();
  };
  return {
    query: query?.trim(),
    activity_type: type,
    start_created_at: from && begin(from),
    end_created_at: to && begin(to, 1),
  };
}

function useActivities(filter: ReturnType<typeof filterOf>) {
  return useInfiniteQuery({
    queryKey: [listActivities.path, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      call(listActivities, {
        query: { ...filter, cursor, per_page: perPage, order_key: 'id', order_direction: 'desc' },
        signal,
      }),
    getNextPageParam: ({ meta }: ResponseOf<typeof listActivities>) => meta.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: liveMs,
  });
}

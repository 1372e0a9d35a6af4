import { hostTimeline } from '@flotilla/contract/host-software';
import type { ResponseOf } from '@flotilla/contract/route';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { Empty } from '../pieces/empty.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { day } from '../pieces/relative-time.ts';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import styles from './timeline.module.css';
import { TimelineEntry } from './timeline-entry.tsx';
import { byDay, eventKey } from './timeline-events.ts';

const perPage = 50;

/** What happened on the host, newest first. */
export default function Timeline({ id }: { id: number }) {
  const asked = useTimeline(id);
  const events = asked.data?.pages.flatMap((page) => page.events);
  const retry = () => void asked.refetch();
  if (asked.error && !events)
    return <Trouble what="The timeline could not be loaded" error={asked.error} retry={retry} />;
  if (!events) return <PanelSkeleton lines={6} />;
  if (events.length === 0) {
    return (
      <Empty title="Nothing has happened yet">
        <p className="quiet">
          Enrolment, installations and every change of software, findings and policies appear here as they happen.
        </p>
      </Empty>
    );
  }
  return (
    <>
      {asked.error && <StaleNotice error={asked.error} retry={retry} />}
      {byDay(events, day).map((group) => (
        <section key={group.day} className={styles.day}>
          <h2>{group.day}</h2>
          <ul className={`panel ${styles.events}`}>
            {group.events.map((event) => (
              <TimelineEntry key={eventKey(event)} event={event} />
            ))}
          </ul>
        </section>
      ))}
      <p className={styles.more}>
        {asked.hasNextPage ? (
          <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            Load earlier events
          </Button>
        ) : (
          <span className="quiet">That is all that is recorded.</span>
        )}
      </p>
    </>
  );
}

function useTimeline(id: number) {
  return useInfiniteQuery({
    queryKey: [hostTimeline.path, id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(hostTimeline, { params: { id }, query: { before: pageParam, per_page: perPage }, signal }),
    getNextPageParam: (last: ResponseOf<typeof hostTimeline>) => last.next_before ?? undefined,
    refetchInterval: 10_000,
  });
}

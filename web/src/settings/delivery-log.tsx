import { type Delivery, listDeliveries, testDeliveries } from '@flotilla/contract/deliveries';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { ask, liveMs } from '../api/queries.ts';
import { Empty } from '../pieces/empty.tsx';
import { Failure } from '../pieces/failure.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import { counted } from '../pieces/words.ts';
import styles from './settings.module.css';

const words = { waiting: 'waiting', delivered: 'delivered', given_up: 'given up' };

/** What was told, the newest first, twenty at a time; and a button that tells a test. */
export function DeliveryLog() {
  const queries = useQueryClient();
  const [page, setPage] = useState(0);
  const asked = useQuery({ ...ask(listDeliveries, { query: { page } }), refetchInterval: liveMs });
  const test = useMutation({
    mutationFn: () => call(testDeliveries, {}),
    onSuccess: () => queries.invalidateQueries(),
  });
  const retry = () => void asked.refetch();
  const { deliveries, meta } = asked.data ?? {};
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>Deliveries</h2>
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          Send a test
        </Button>
      </div>
      <Failure error={test.error} />
      {asked.error && deliveries && <StaleNotice error={asked.error} retry={retry} />}
      {asked.error && !deliveries && (
        <Trouble what="Deliveries could not be loaded" error={asked.error} retry={retry} />
      )}
      {!asked.error && !deliveries && <PanelSkeleton lines={4} />}
      {deliveries?.length === 0 && <Empty title="Nothing was told yet" />}
      {deliveries && deliveries.length > 0 && (
        <ul className={`panel ${styles.rows}`}>
          {deliveries.map((one) => (
            <Row key={one.id} delivery={one} />
          ))}
        </ul>
      )}
      {(meta?.has_next_results || page > 0) && (
        <div className={styles.note}>
          <Button variant="default" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Newer
          </Button>{' '}
          <Button variant="default" disabled={!meta?.has_next_results} onClick={() => setPage(page + 1)}>
            Older
          </Button>
        </div>
      )}
    </section>
  );
}

const Row = ({ delivery }: { delivery: Delivery }) => (
  <li>
    <div>
      {delivery.event} to {delivery.receiver}
      <p className="quiet">
        {words[delivery.state]} after {counted(delivery.attempts, 'try', 'tries')}
        {delivery.last_failure && `: ${delivery.last_failure}`}
      </p>
    </div>
    <TimeAgo at={delivery.created_at} />
  </li>
);

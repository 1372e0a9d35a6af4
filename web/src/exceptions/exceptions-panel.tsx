import { listExceptions } from '@flotilla/contract/exceptions';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { ask, liveMs } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import { number } from '../pieces/words.ts';
import { ExceptionList } from './exception-list.tsx';
import styles from './exceptions.module.css';

const NewException = lazy(() => import('./new-exception.tsx'));
/** More than this are rare, and are told of. */
const most = 50;

interface Props {
  cve: string;
  /** What has it, to choose from. */
  titles: readonly { id: number; name: string }[];
}

/** What was said of a vulnerability so that it does not count, and the way to say it. */
export function ExceptionsPanel({ cve, titles }: Props) {
  const fleet_id = useFleetId();
  const [making, setMaking] = useState(false);
  const mayMake = useMay('exceptions:write', 'somewhere');
  const asked = useQuery({
    ...ask(listExceptions, { query: { cve, fleet_id, per_page: most } }),
    refetchInterval: liveMs,
  });
  const retry = () => void asked.refetch();
  const found = asked.data;
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>Exceptions</h2>
        {mayMake && (
          <Button variant="default" aria-haspopup="dialog" onClick={() => setMaking(true)}>
            Accept this risk…
          </Button>
        )}
      </div>
      {asked.error && !found && <Trouble what="Exceptions could not be loaded" error={asked.error} retry={retry} />}
      {asked.error && found && <StaleNotice error={asked.error} retry={retry} />}
      {!asked.error && !found && <PanelSkeleton lines={2} />}
      {found?.exceptions.length === 0 && (
        <p className={`panel quiet ${styles.none}`}>None: it counts wherever it was found.</p>
      )}
      {found && found.exceptions.length > 0 && <ExceptionList exceptions={found.exceptions} />}
      {found && found.count > most && (
        <p className="quiet">
          The newest {number(most)} of {number(found.count)}
        </p>
      )}
      {making && (
        <Suspense>
          <NewException cve={cve} titles={titles} close={() => setMaking(false)} />
        </Suspense>
      )}
    </section>
  );
}

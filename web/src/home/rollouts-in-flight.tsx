import { listRollouts } from '@flotilla/contract/updates';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { counted, number } from '../pieces/words.ts';
import { wholeFunnel } from '../updates/rollout-words.ts';
import styles from './home.module.css';

const SHOWN = 5;

/** What moves at the moment. */
export function RolloutsInFlight() {
  const fleet_id = useFleetId();
  const query = { fleet_id, state: 'running' as const, per_page: SHOWN };
  const asked = useQuery({ ...ask(listRollouts, { query }), ...liveList });
  if (asked.error && !asked.data) {
    return <Trouble what="Rollouts could not be loaded" error={asked.error} retry={() => void asked.refetch()} />;
  }
  if (!asked.data) return <PanelSkeleton lines={3} />;
  const { rollouts, count } = asked.data;
  return (
    <section className={`panel ${styles.panel}`} aria-labelledby="rollouts">
      <h2 id="rollouts">Rollouts in flight</h2>
      {rollouts.length === 0 && (
        <p className="quiet">
          None. <Link to="/updates">See what is behind</Link>
        </p>
      )}
      <ul className={styles.lines}>
        {rollouts.map(({ id, name, rings }) => {
          const { verified, already, targeted } = wholeFunnel(rings);
          return (
            <li key={id}>
              <Link to="/updates/rollouts/$id" params={{ id: `${id}` }}>
                {name}
              </Link>{' '}
              <span className="quiet">
                {number(verified + already)} of {counted(targeted, 'host')}
              </span>
            </li>
          );
        })}
      </ul>
      {count > SHOWN && <Link to="/updates">{number(count - SHOWN)} more</Link>}
    </section>
  );
}

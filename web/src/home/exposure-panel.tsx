import { type ExposurePoint, exposureTrend } from '@flotilla/contract/exposure';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { ExposureChart } from './exposure-chart.tsx';
import { jumpsOf, scoreWords } from './exposure-words.ts';
import styles from './home.module.css';

/** Exposure over 90 days, and why it jumped. */
export function ExposurePanel() {
  const fleet_id = useFleetId();
  const asked = useQuery({ ...ask(exposureTrend, { query: { fleet_id } }), ...liveList });
  if (asked.error && !asked.data) {
    return <Trouble what="Exposure could not be loaded" error={asked.error} retry={() => void asked.refetch()} />;
  }
  if (!asked.data) return <PanelSkeleton lines={6} />;
  const { score, points } = asked.data;
  const jumps = jumpsOf(points);
  return (
    <section className={`panel ${styles.panel}`} aria-labelledby="exposure">
      <h2 id="exposure">Exposure</h2>
      <p>
        <Link to="/vulnerabilities" search={{ group: 'cve', order_key: 'hosts_count', order_direction: 'desc' }}>
          <b className={styles.big}>{scoreWords(score)}</b>
        </Link>{' '}
        <span className="quiet">
          impact times likelihood, summed over hosts and vulnerabilities; 100 is the worst one on one host
        </span>
      </p>
      {points.length < 2 ? (
        <p className="quiet">The line begins with the second full hour.</p>
      ) : (
        <>
          <ExposureChart points={points} marked={jumps.map(({ at }) => at)} />
          <ul className={styles.jumps}>
            {jumps.map(({ at, words }) => (
              <li key={at}>
                <TimeAgo at={at} />: {words}
              </li>
            ))}
          </ul>
          <PointTable points={points} />
        </>
      )}
    </section>
  );
}

function PointTable({ points }: { points: readonly ExposurePoint[] }) {
  return (
    <details>
      <summary>As a table</summary>
      <table className={styles.table}>
        <caption className="quiet">Exposure over 90 days</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Exposure</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map(({ at, score }) => (
            <tr key={at}>
              <td>{at.slice(0, 16).replace('T', ' ')}</td>
              <td>{scoreWords(score)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

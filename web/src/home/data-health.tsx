import type { dataHealth, Unjudged } from '@flotilla/contract/data-health';
import { countHosts } from '@flotilla/contract/hosts';
import type { ResponseOf } from '@flotilla/contract/route';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import { counted, number } from '../pieces/words.ts';
import { FeedsLine } from './feeds-line.tsx';
import { healthQuery } from './health-query.ts';
import styles from './home.module.css';
import { unjudgedWords } from './unjudged-words.ts';

/** How far the figures can be trusted: feeds, silent hosts, reports held back, and software that nothing can be said of. */
export function DataHealth() {
  const fleet_id = useFleetId();
  const health = useQuery(healthQuery(fleet_id));
  const missing = useQuery({ ...ask(countHosts, { query: { fleet_id, status: 'missing' } }), ...liveList });
  const error = health.error ?? missing.error;
  const retry = () => void Promise.all([health.refetch(), missing.refetch()]);
  if (!health.data || !missing.data) {
    if (error) return <Trouble what="The state of the data could not be loaded" error={error} retry={retry} />;
    return <PanelSkeleton lines={4} />;
  }
  return (
    <section className={`panel ${styles.panel}`} aria-labelledby="health">
      <h2 id="health">Data health</h2>
      {error && <StaleNotice error={error} retry={retry} />}
      <ul className={styles.lines}>
        <li>
          <FeedsLine />
        </li>
        <li>
          <Link to="/hosts" search={{ status: 'missing' }}>
            {counted(missing.data.count, 'silent host')}
          </Link>{' '}
          {missing.data.count > 0 && <span className="quiet">not seen for long; their findings may be old</span>}
        </li>
        <li>
          <HeldHosts health={health.data} />
        </li>
        <li>
          <UnjudgedSoftware unjudged={health.data.unjudged} />
        </li>
      </ul>
    </section>
  );
}

function HeldHosts({ health: { held_hosts, held_hosts_count } }: { health: ResponseOf<typeof dataHealth> }) {
  if (held_hosts_count === 0) return <span className="quiet">No report of a host is held back</span>;
  return (
    <details>
      <summary>{counted(held_hosts_count, 'host')} with a report held back</summary>
      <p className="quiet">It has far less software than the one before: a second one like it is waited for.</p>
      <ul className={styles.inner}>
        {held_hosts.map(({ host_id, display_name }) => (
          <li key={host_id}>
            <Link to="/hosts/$id" params={{ id: `${host_id}` }}>
              {display_name}
            </Link>
          </li>
        ))}
      </ul>
      {held_hosts_count > held_hosts.length && (
        <p className="quiet">and {number(held_hosts_count - held_hosts.length)} more</p>
      )}
    </details>
  );
}

function UnjudgedSoftware({ unjudged }: { unjudged: readonly Unjudged[] }) {
  const all = unjudged.reduce((sum, { versions }) => sum + versions, 0);
  if (all === 0) return <span className="quiet">All software that was judged is covered by a feed</span>;
  return (
    <details>
      <summary>{counted(all, 'version')} of software cannot be judged</summary>
      <ul className={styles.inner}>
        {unjudged.map(({ reason, versions, examples }) => (
          <li key={reason}>
            {unjudgedWords(reason)}: {number(versions)}
            <span className="quiet">, {versions > examples.length ? 'on most hosts ' : ''}</span>
            {examples.map(({ version_id, name, version }, i) => (
              <span key={version_id}>
                {i > 0 && ', '}
                <Link to="/software/versions/$id" params={{ id: `${version_id}` }}>
                  {name} {version}
                </Link>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}

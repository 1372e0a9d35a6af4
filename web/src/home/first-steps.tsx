import { countHosts } from '@flotilla/contract/hosts';
import { listVersions } from '@flotilla/contract/software';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, liveMs } from '../api/queries.ts';
import { useAwaited } from './health-query.ts';
import styles from './home.module.css';

/** Before there is anything to say: what happens by itself, and where to look if it does not. Gone once all of it is done. */
export function FirstSteps() {
  const hosts = useQuery({ ...ask(countHosts, { query: {} }), refetchInterval: liveMs });
  const software = useQuery({ ...ask(listVersions, { query: { per_page: 1 } }), refetchInterval: liveMs });
  const waiting = useAwaited();
  if (!hosts.data || !software.data || waiting === undefined) return null;
  const steps = [
    { name: 'The server is up', isDone: true, hint: null },
    {
      name: 'A host reports its software',
      isDone: hosts.data.count > 0 && software.data.count > 0,
      hint: <Link to="/hosts">See how to enrol a host</Link>,
    },
    {
      name: 'Feeds of vulnerabilities are read, and software is judged by them',
      isDone: waiting === null,
      hint: <Link to="/feeds">See what the feeds wait for</Link>,
    },
  ];
  if (steps.every(({ isDone }) => isDone)) return null;
  return (
    <section className={`panel ${styles.panel} ${styles.steps}`} aria-labelledby="first-steps">
      <h2 id="first-steps">First steps</h2>
      <ol className={styles.lines} aria-live="polite">
        {steps.map(({ name, isDone, hint }) => (
          <li key={name}>
            {isDone ? '✓' : '…'} {name} {isDone ? <span className="quiet">done</span> : hint}
          </li>
        ))}
      </ol>
    </section>
  );
}

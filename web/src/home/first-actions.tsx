import { Link } from '@tanstack/react-router';
import { useFleetId } from '../fleets/use-fleet.ts';
import { TopActions } from '../vulnerabilities/top-actions.tsx';
import { useAwaited } from './health-query.ts';
import styles from './home.module.css';

const SHOWN = 10;

/** The updates that take most risk away; nothing before software was judged. */
export function FirstActions() {
  const fleetId = useFleetId();
  if (useAwaited() !== null) return null;
  return (
    <section className={styles.actions} aria-labelledby="first-actions">
      <div className={styles.head}>
        <h2 id="first-actions">What helps most</h2>
        <Link to="/vulnerabilities">See all updates</Link>
      </div>
      <TopActions fleetId={fleetId} limit={SHOWN} />
    </section>
  );
}

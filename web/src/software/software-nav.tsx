import { Link } from '@tanstack/react-router';
import styles from '../pieces/page-nav.module.css';

/** The ways to look at software. */
export function SoftwareNav() {
  const here = { className: styles.entry, activeOptions: { exact: true, includeSearch: false } };
  return (
    <nav aria-label="Software" className={styles.nav}>
      <Link to="/software" {...here}>
        Titles
      </Link>
      <Link to="/software/changes" {...here}>
        What changed
      </Link>
      <Link to="/software/end-of-life" {...here}>
        End of life
      </Link>
    </nav>
  );
}

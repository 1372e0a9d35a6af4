import { Link } from '@tanstack/react-router';
import styles from './more-links.module.css';

/** What else there is about vulnerabilities, beside the lists of them. */
export const MoreLinks = () => (
  <nav aria-label="More about vulnerabilities" className={styles.more}>
    <Link to="/vulnerabilities/exceptions">Exceptions</Link>
    <Link to="/feeds">Feeds</Link>
  </nav>
);

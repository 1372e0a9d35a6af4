import { Link } from '@tanstack/react-router';
import styles from '../pieces/page-nav.module.css';
import { type Group, groups } from './search.ts';

const names: Record<Group, string> = { action: 'By action', cve: 'By CVE', software: 'By software' };

/** The ways to group vulnerabilities. */
export function GroupNav({ group }: { group: Group }) {
  return (
    <nav aria-label="Vulnerabilities" className={styles.nav}>
      {groups.map((one) => (
        <Link
          key={one}
          to="/vulnerabilities"
          search={{ group: one }}
          className={styles.entry}
          aria-current={one === group ? 'page' : undefined}
        >
          {names[one]}
        </Link>
      ))}
    </nav>
  );
}

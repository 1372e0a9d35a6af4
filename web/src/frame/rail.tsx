import { Link } from '@tanstack/react-router';
import { FleetSwitcher } from '../fleets/fleet-switcher.tsx';
import { useNarrow } from '../pieces/narrow.ts';
import { Mark } from './mark.tsx';
import { MoreMenu } from './more-menu.tsx';
import { PersonMenu } from './person-menu.tsx';
import styles from './rail.module.css';
import { usePages } from './use-pages.ts';

/** The pages of the console; a bar at the bottom on a narrow screen. */
export function Rail({ openHelp }: { openHelp: () => void }) {
  const narrow = useNarrow();
  const pages = usePages();
  const shown = narrow ? pages.filter(({ near }) => near) : pages;
  return (
    <nav className={styles.rail} aria-label="Main">
      <Link to="/" className={styles.brand}>
        <Mark />
        <span>Flotilla</span>
      </Link>
      {!narrow && <FleetSwitcher />}
      <ul className={styles.pages}>
        {shown.map(({ to, name, icon: Icon }) => (
          <li key={to}>
            <Link to={to} className={styles.page} activeOptions={{ includeSearch: false, exact: to === '/' }}>
              <Icon size={18} stroke={1.75} aria-hidden />
              <span>{name}</span>
            </Link>
          </li>
        ))}
        {narrow && (
          <li>
            <MoreMenu />
          </li>
        )}
      </ul>
      <PersonMenu openHelp={openHelp} />
    </nav>
  );
}

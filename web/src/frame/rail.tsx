import { IconBox, IconDeviceDesktop, IconShieldExclamation, IconStack2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Mark } from './mark.tsx';
import { PersonMenu } from './person-menu.tsx';
import styles from './rail.module.css';

const pages = [
  { to: '/hosts', name: 'Hosts', short: 'Hosts', icon: IconDeviceDesktop },
  { to: '/software', name: 'Software', short: 'Software', icon: IconBox },
  { to: '/vulnerabilities', name: 'Vulnerabilities', short: 'Vulnerabilities', icon: IconShieldExclamation },
  { to: '/os', name: 'Operating systems', short: 'Systems', icon: IconStack2 },
] as const;

/** The pages of the console; a bar at the bottom on a narrow screen. */
export function Rail({ openHelp }: { openHelp: () => void }) {
  return (
    <nav className={styles.rail} aria-label="Main">
      <Link to="/hosts" className={styles.brand}>
        <Mark />
        <span>Flotilla</span>
      </Link>
      <ul className={styles.pages}>
        {pages.map(({ to, name, short, icon: Icon }) => (
          <li key={to}>
            <Link to={to} className={styles.page} aria-label={name} activeOptions={{ includeSearch: false }}>
              <Icon size={18} stroke={1.75} aria-hidden />
              <span className={styles.name}>{name}</span>
              <span className={styles.short}>{short}</span>
            </Link>
          </li>
        ))}
      </ul>
      <PersonMenu openHelp={openHelp} />
    </nav>
  );
}

import { Link, type LinkProps } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { useMay } from '../accounts/may.ts';
import { Page } from '../pieces/page.tsx';
import styles from '../pieces/page-nav.module.css';

const everybody: { to: LinkProps['to']; name: string }[] = [
  { to: '/settings/profile', name: 'Your account' },
  { to: '/settings/organisation', name: 'Organisation' },
  { to: '/settings/about', name: 'About' },
];
const readers: typeof everybody = [
  { to: '/settings/fleets', name: 'Fleets' },
  { to: '/settings/labels', name: 'Labels' },
  { to: '/settings/due-dates', name: 'Due dates' },
];
const administrators: typeof everybody = [{ to: '/settings/webhooks', name: 'Webhooks and tickets' }];
const managers: typeof everybody = [{ to: '/settings/people', name: 'People' }];

/** A page of the settings, with the way to the others above it. */
export function SettingsPage(props: Omit<ComponentProps<typeof Page>, 'above'>) {
  const mayPeople = useMay('people:write', 'somewhere');
  const mayRead = useMay('hosts:read', 'somewhere');
  const mayServer = useMay('server:read');
  const [own, ...rest] = everybody;
  const shown = [
    ...(own ? [own] : []),
    ...(mayPeople ? managers : []),
    ...(mayRead ? readers : []),
    ...(mayServer ? administrators : []),
    ...rest,
  ];
  const nav = (
    <nav aria-label="Settings" className={styles.nav}>
      {shown.map(({ to, name }) => (
        <Link key={to} to={to} className={styles.entry} activeOptions={{ includeSearch: false }}>
          {name}
        </Link>
      ))}
    </nav>
  );
  return <Page above={nav} {...props} />;
}

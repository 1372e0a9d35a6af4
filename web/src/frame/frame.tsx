import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { FeedBanner } from '../feeds/feed-banner.tsx';
import { FleetSwitcher } from '../fleets/fleet-switcher.tsx';
import { useNarrow } from '../pieces/narrow.ts';
import { StopBanner } from '../stop/stop-banner.tsx';
import styles from './frame.module.css';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';
import { useShortcuts } from './use-shortcuts.ts';

const Help = lazy(() => import('./help.tsx'));

/** What every signed-in page stands in: skip link, rail, top bar, the banners of the global stop and of the feeds, and the shortcuts. */
export function Frame() {
  const [help, setHelp] = useState(false);
  const main = useRef<HTMLElement>(null);
  const narrow = useNarrow();
  useShortcuts(() => setHelp(true));
  useFocusOnNewPage(main);
  return (
    <div className={styles.frame}>
      <a href="#main" className={styles.skip}>
        Skip to the content
      </a>
      <Rail openHelp={() => setHelp(true)} />
      <TopBar />
      <div className={styles.banners}>
        <StopBanner />
        <FeedBanner />
      </div>
      {narrow && (
        <search className={styles.fleet} aria-label="Fleet">
          <FleetSwitcher />
        </search>
      )}
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      {help && (
        <Suspense>
          <Help close={() => setHelp(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** After going to another page the keyboard and the screen reader continue in its content. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>) {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    main.current?.focus({ preventScroll: true });
  }, [pathname, main]);
}

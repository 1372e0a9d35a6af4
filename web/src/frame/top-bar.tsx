import { StopButton } from '../stop/stop-button.tsx';
import { LiveMark } from './live-mark.tsx';
import { SearchEverything } from './search-everything.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import styles from './top-bar.module.css';

/** Search, whether the console is live, the global stop and the theme, on every page. */
export function TopBar() {
  return (
    <header className={styles.bar}>
      <div className={styles.search}>
        <SearchEverything />
      </div>
      <div className={styles.right}>
        <LiveMark />
        <StopButton />
        <ThemeSwitch />
      </div>
    </header>
  );
}

import { StopButton } from '../stop/stop-button.tsx';
import { SearchEverything } from './search-everything.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import styles from './top-bar.module.css';

/** Search, the global stop and the theme, on every page. */
export function TopBar() {
  return (
    <header className={styles.bar}>
      <div className={styles.search}>
        <SearchEverything />
      </div>
      <div className={styles.right}>
        <StopButton />
        <ThemeSwitch />
      </div>
    </header>
  );
}

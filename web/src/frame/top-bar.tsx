import { SearchEverything } from './search-everything.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import styles from './top-bar.module.css';

/** Search and theme, on every page. */
export function TopBar() {
  return (
    <header className={styles.bar}>
      <div className={styles.search}>
        <SearchEverything />
      </div>
      <ThemeSwitch />
    </header>
  );
}

import styles from './share-bar.module.css';
import { percent } from './words.ts';

/** A share of a whole as a bar with its figure beside it. */
export function ShareBar({ part, whole }: { part: number; whole: number }) {
  const share = whole <= 0 ? 0 : Math.min(1, part / whole);
  return (
    <span className={styles.share}>
      <svg className={styles.bar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="8" className={styles.track} />
        <rect width={Math.max(share * 100, share > 0 ? 1 : 0)} height="8" className={styles.fill} />
      </svg>
      <span className={`number ${styles.figure}`}>{percent(part, whole)}</span>
    </span>
  );
}

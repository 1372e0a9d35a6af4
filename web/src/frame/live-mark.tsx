import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { followLive, isLive, watchLive } from '../api/live.ts';
import styles from './top-bar.module.css';

/** Keeps the console live while it is open, and says whether it is. */
export function LiveMark() {
  const queries = useQueryClient();
  const live = useSyncExternalStore(watchLive, isLive);
  useEffect(() => followLive(queries), [queries]);
  const words = live ? 'Live' : 'Every few seconds';
  const title = live
    ? 'The server tells at once what moved'
    : 'The server is asked again every few seconds, as it does not tell by itself';
  return (
    <span className={styles.live} data-live={live || undefined} title={title}>
      <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
        <circle cx="4" cy="4" r="3" />
      </svg>
      <span>{words}</span>
    </span>
  );
}

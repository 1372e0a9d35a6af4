import type { Host } from '@flotilla/contract/hosts';
import styles from './status-mark.module.css';

const meaning = {
  online: { word: 'Online', explains: 'It asked for work when it was due to' },
  offline: { word: 'Offline', explains: 'It has not asked for work when it was due to' },
  missing: { word: 'Missing', explains: 'It has not been seen for 30 days' },
} as const;

/** The status of a host as a word and a shape: a disc, a ring, a cross. */
export function StatusMark({ status }: { status: Host['status'] }) {
  const { word, explains } = meaning[status];
  return (
    <span className={styles.status} data-status={status} title={explains}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        {status === 'online' && <circle cx="5" cy="5" r="4.5" fill="currentColor" />}
        {status === 'offline' && <circle cx="5" cy="5" r="3.75" fill="none" stroke="currentColor" strokeWidth="1.5" />}
        {status === 'missing' && <path d="M1 1l8 8M9 1l-8 8" stroke="currentColor" strokeWidth="1.75" />}
      </svg>
      {word}
    </span>
  );
}

import type { PackageStatus } from '@flotilla/contract/packages';
import { Link } from '@tanstack/react-router';
import { number } from '../pieces/words.ts';
import styles from './library.module.css';
import { tileParts, tilesOf } from './library-words.ts';

/** On how many hosts a title is installed, pending and failed. */
export function StatusTiles({ titleId, status }: { titleId: number; status: PackageStatus }) {
  const { installed, pending, failed } = tilesOf(status);
  return (
    <div className={styles.tiles}>
      <div className={`panel ${styles.tile}`}>
        <Link to="/hosts" search={{ software_title_id: titleId }} title="All hosts that have the title">
          Installed
        </Link>
        <b className="number">{number(installed)}</b>
        <span className="quiet">hosts it was put on and is seen on</span>
      </div>
      <div className={`panel ${styles.tile}`}>
        <span>Pending</span>
        <b className="number">{number(pending)}</b>
        <span className="quiet">
          {tileParts(status.pending_install, status.pending_uninstall) || 'hosts that are still to do it'}
        </span>
      </div>
      <div className={`panel ${styles.tile}`} data-tone={failed > 0 ? 'bad' : undefined}>
        <span>Failed</span>
        <b className="number">{number(failed)}</b>
        <span className="quiet">
          {tileParts(status.failed_install, status.failed_uninstall) || 'hosts where the last attempt failed'}
        </span>
      </div>
    </div>
  );
}

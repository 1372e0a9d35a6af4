import type { ResponseOf } from '@flotilla/contract/route';
import type { previewRollout } from '@flotilla/contract/updates';
import { counted, number } from '../pieces/words.ts';
import styles from './updates.module.css';

type Preview = ResponseOf<typeof previewRollout>;
const shown = 6;

/** What a rollout would do to the hosts of today. */
export function RolloutPreview({ preview, isOld }: { preview: Preview; isOld: boolean }) {
  const { hosts_count: hosts, online_count: online } = preview;
  if (hosts === 0) {
    return (
      <p className={styles.preview} role="status">
        No host needs it: every host that has the title has {preview.version} or newer.
      </p>
    );
  }
  return (
    <div className={styles.preview} role="status" aria-busy={isOld}>
      <p>
        Installs <b>{preview.version}</b> on <b>{counted(hosts, 'host')}</b>, {number(online)} of them online now; the
        others follow when they come back.
      </p>
      <div className={styles.halves}>
        <section>
          <h3>Rings</h3>
          <ul>
            {preview.rings.map((ring) => (
              <li key={ring.no}>
                <span>
                  Ring {ring.no}
                  {ring.no === 1 ? ', opens at once' : ', opens when the one before has passed'}
                </span>
                <span className="number">{counted(ring.hosts_count, 'host')}</span>
              </li>
            ))}
          </ul>
        </section>
        <FromVersions versions={preview.from_versions} />
      </div>
    </div>
  );
}

function FromVersions({ versions }: { versions: Preview['from_versions'] }) {
  const rest = versions.slice(shown);
  const restHosts = rest.reduce((sum, { hosts_count }) => sum + hosts_count, 0);
  return (
    <section>
      <h3>What they have now</h3>
      <ul>
        {versions.slice(0, shown).map(({ version, hosts_count }) => (
          <li key={version}>
            <span>{version}</span>
            <span className="number">{counted(hosts_count, 'host')}</span>
          </li>
        ))}
        {rest.length > 0 && (
          <li className="quiet">
            <span>{counted(rest.length, 'other version')}</span>
            <span className="number">{counted(restHosts, 'host')}</span>
          </li>
        )}
      </ul>
    </section>
  );
}

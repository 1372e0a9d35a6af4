import type { TimelineEvent } from '@flotilla/contract/host-software';
import { Link } from '@tanstack/react-router';
import { number } from '../pieces/words.ts';
import { sourceName } from '../software/source-names.ts';
import styles from './timeline.module.css';
import { type Change, changeKinds } from './timeline-events.ts';

export type Changed = Pick<TimelineEvent, 'added_count' | 'removed_count' | 'updated_count' | 'changes'>;

/** What was added, removed and updated, each with its versions. */
export function ChangeList({ of }: { of: Changed }) {
  const total = of.added_count + of.removed_count + of.updated_count;
  const counts = { Added: of.added_count, Removed: of.removed_count, Updated: of.updated_count };
  return (
    <div className={styles.changes}>
      {changeKinds(of.changes).map(({ name, changes }) => (
        <section key={name}>
          <h3>
            {name} <span className="quiet number">{number(counts[name])}</span>
          </h3>
          <ul>
            {changes.map((change) => (
              <ChangeRow key={`${change.version_id} ${change.previous_version}`} change={change} />
            ))}
          </ul>
        </section>
      ))}
      {total > of.changes.length && (
        <p className="quiet">
          The first {number(of.changes.length)} of {number(total)} changes by name. The Software tab shows the rest as
          of any moment.
        </p>
      )}
    </div>
  );
}

const kinds = { normal: '', kernel: 'kernel', os: 'operating system', patch: 'patch' };

function ChangeRow({ change }: { change: Change }) {
  const versions = [change.previous_version, change.version].filter((version) => version !== null).join(' → ');
  return (
    <li>
      <Link to="/software/titles/$id" params={{ id: `${change.title_id}` }}>
        {change.name}
      </Link>
      <span className="number">{versions}</span>
      <span className="quiet">{kinds[change.kind] || sourceName(change.source)}</span>
    </li>
  );
}

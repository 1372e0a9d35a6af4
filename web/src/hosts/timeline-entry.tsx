import type { TimelineEvent } from '@flotilla/contract/host-software';
import { IconArrowsExchange, IconCirclePlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { number } from '../pieces/words.ts';
import { sourceName } from '../software/source-names.ts';
import styles from './timeline.module.css';
import { type Change, changeKinds, eventLine } from './timeline-events.ts';

/** One event; a change of software opens into what was added, removed and updated. */
export function TimelineEntry({ event }: { event: TimelineEvent }) {
  if (event.changes.length === 0) {
    return (
      <li className={styles.event} data-row="">
        <div className={styles.line}>
          <Line event={event} />
        </div>
      </li>
    );
  }
  return (
    <li className={styles.event} data-row="">
      <details>
        <summary className={styles.line}>
          <Line event={event} />
        </summary>
        <Changes event={event} />
      </details>
    </li>
  );
}

function Line({ event }: { event: TimelineEvent }) {
  const Icon = event.kind === 'enrolled' ? IconCirclePlus : IconArrowsExchange;
  return (
    <>
      <Icon size={16} aria-hidden />
      <span>{eventLine(event)}</span>
      <span className={`quiet ${styles.when}`}>
        <TimeAgo at={event.at} />
      </span>
    </>
  );
}

function Changes({ event }: { event: TimelineEvent }) {
  const total = event.added_count + event.removed_count + event.updated_count;
  const counts = { Added: event.added_count, Removed: event.removed_count, Updated: event.updated_count };
  return (
    <div className={styles.changes}>
      {changeKinds(event.changes).map(({ name, changes }) => (
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
      {total > event.changes.length && (
        <p className="quiet">
          The first {number(event.changes.length)} of {number(total)} changes by name. The Software tab shows the rest
          as of any moment.
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

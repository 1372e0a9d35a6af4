import type { TimelineEvent } from '@flotilla/contract/host-software';
import {
  IconArrowsExchange,
  IconCirclePlus,
  IconClipboardCheck,
  IconDownload,
  IconShieldExclamation,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { number } from '../pieces/words.ts';
import { sourceName } from '../software/source-names.ts';
import { TaskLink } from '../tasks/task-link.tsx';
import styles from './timeline.module.css';
import { type Change, changeKinds, eventLine } from './timeline-events.ts';
import { TimelineFindings } from './timeline-findings.tsx';

const icons = {
  enrolled: IconCirclePlus,
  software_changed: IconArrowsExchange,
  findings_changed: IconShieldExclamation,
  task: IconDownload,
  policy: IconClipboardCheck,
};

/** One event; a change of software or findings opens into what was changed. */
export function TimelineEntry({ event }: { event: TimelineEvent }) {
  const { findings, changes } = event;
  if (changes.length === 0 && findings.opened.length + findings.closed.length === 0) {
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
        {changes.length > 0 ? <Changes event={event} /> : <TimelineFindings findings={findings} />}
      </details>
    </li>
  );
}

function Line({ event }: { event: TimelineEvent }) {
  const Icon = icons[event.kind];
  return (
    <>
      <Icon size={16} aria-hidden />
      <Words event={event} />
      <span className={`quiet ${styles.when}`}>
        <TimeAgo at={event.at} />
      </span>
    </>
  );
}

function Words({ event }: { event: TimelineEvent }) {
  const line = eventLine(event);
  const { task, policy } = event;
  if (task) {
    const more = [task.by && `by ${task.by}`, task.reason].filter(Boolean).join(': ');
    return (
      <span className={styles.words}>
        <TaskLink id={task.id}>{line}</TaskLink> <span className="quiet">{more}</span>
      </span>
    );
  }
  if (policy) {
    return (
      <Link to="/policies/$id" params={{ id: `${policy.id}` }}>
        {line}
      </Link>
    );
  }
  return <span>{line}</span>;
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

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
import { TaskLink } from '../tasks/task-link.tsx';
import { ChangeList } from './change-list.tsx';
import styles from './timeline.module.css';
import { eventLine } from './timeline-events.ts';
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
        {changes.length > 0 ? <ChangeList of={event} /> : <TimelineFindings findings={findings} />}
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

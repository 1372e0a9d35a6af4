import type { TaskDetail } from '@flotilla/contract/tasks';
import { exact, took } from '../pieces/relative-time.ts';
import { capital } from '../pieces/words.ts';
import styles from './task-dialog.module.css';
import { stateName } from './task-words.ts';

/** The way of a task so far: each state it went to, by whom and why. */
export function TaskEvents({ task }: { task: TaskDetail }) {
  if (task.events.length === 0) return null;
  return (
    <section>
      <h3>What happened</h3>
      <ol className={styles.events}>
        {task.events.map((event, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: events are only appended
          <li key={place}>
            <b>{stateName(task.kind, event.to)}</b>
            <span>{capital([event.reason, event.by && `by ${event.by}`].filter(Boolean).join(', '))}</span>
            <time className="quiet number nowrap" dateTime={event.at} title={exact(event.at)}>
              after {took((Date.parse(event.at) - Date.parse(task.created_at)) / 1000)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}

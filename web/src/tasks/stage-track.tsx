import type { Task } from '@flotilla/contract/tasks';
import styles from './stage-track.module.css';
import { stagesBehind, stagesOf } from './stages.ts';

type Placed = Pick<Task, 'kind' | 'state' | 'step'>;

const placeOf = (place: number, behind: number) => (place < behind ? 'behind' : place === behind ? 'now' : 'ahead');

/** The way of a task, stage by stage, and where on it the task is. */
export function StageTrack({ task }: { task: Placed }) {
  const behind = stagesBehind(task);
  if (behind === null) return null;
  return (
    <ol className={styles.track}>
      {stagesOf(task.kind).map((stage, place) => (
        <li key={stage} data-is={placeOf(place, behind)} aria-current={place === behind ? 'step' : undefined}>
          {stage}
        </li>
      ))}
    </ol>
  );
}

/** The same in the height of a word. */
export function SmallTrack({ task }: { task: Placed }) {
  const behind = stagesBehind(task);
  if (behind === null) return null;
  return (
    <span className={styles.small} aria-hidden="true">
      {stagesOf(task.kind).map((stage, place) => (
        <i key={stage} data-is={placeOf(place, behind)} />
      ))}
    </span>
  );
}

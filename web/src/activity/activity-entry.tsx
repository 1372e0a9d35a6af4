import type { Activity } from '@flotilla/contract/activities';
import { Link } from '@tanstack/react-router';
import { TimeAgo } from '../pieces/time-ago.tsx';
import styles from './activity.module.css';
import { activityPieces, actorName, type Piece, taskOf } from './activity-words.ts';

const pages = {
  host: '/hosts/$id',
  title: '/software/titles/$id',
  policy: '/policies/$id',
  rollout: '/updates/rollouts/$id',
  fleet: '/settings/fleets/$id',
  person: '/settings/people/$id',
  label: '/settings/labels/$id',
} as const;

/** One activity as a sentence whose names are links. */
export function ActivityEntry({ activity }: { activity: Activity }) {
  const task = taskOf(activity);
  return (
    <li className={styles.entry} data-row="">
      <span>
        <b>{actorName(activity)}</b>{' '}
        {activityPieces(activity).map((piece, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence do not move
          <Part key={place} piece={piece} />
        ))}
        {task && (
          <>
            {'. '}
            <Link to="/hosts/$id" params={{ id: `${task.hostId}` }} search={{ tab: 'library', task: task.task }}>
              Details
            </Link>
          </>
        )}
      </span>
      <span className="quiet">
        <TimeAgo at={activity.created_at} />
      </span>
    </li>
  );
}

function Part({ piece }: { piece: Piece }) {
  if (typeof piece === 'string') return piece;
  return (
    <Link to={pages[piece.to]} params={{ id: `${piece.id}` }}>
      {piece.name}
    </Link>
  );
}

import type { ResponseOf } from '@flotilla/contract/route';
import { cancelUpcoming, type hostTasks, type Task, upcomingActivities } from '@flotilla/contract/tasks';
import { Button } from '@mantine/core';
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMay } from '../accounts/may.ts';
import { call } from '../api/call.ts';
import { ask } from '../api/queries.ts';
import { Elapsed } from '../pieces/elapsed.tsx';
import { Failure } from '../pieces/failure.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { counted, number } from '../pieces/words.ts';
import { StageTrack } from '../tasks/stage-track.tsx';
import { TaskLink } from '../tasks/task-link.tsx';
import { taskSentence, taskTitle } from '../tasks/task-words.ts';
import { hostQuery } from './host-query.ts';
import styles from './library.module.css';
import { inOrder } from './upcoming-order.ts';
import { newest } from './use-host-tasks.ts';

interface Props {
  id: number;
  isAway: boolean;
  asked: UseQueryResult<ResponseOf<typeof hostTasks>>;
  rhythm: number;
}

const shown = 20;

/** What the host is still to do, in order, each with where it is and a way to cancel it. */
export function Upcoming({ id, isAway, asked, rhythm }: Props) {
  const order = useQuery({
    ...ask(upcomingActivities, { params: { id }, query: { per_page: shown } }),
    refetchInterval: rhythm,
  });
  const error = asked.error ?? order.error;
  if (error && !asked.data) {
    const retry = () => void Promise.all([asked.refetch(), order.refetch()]);
    return (
      <section className={styles.upcoming}>
        <Trouble what="What is under way could not be loaded" error={error} retry={retry} />
      </section>
    );
  }
  if (!asked.data) return null;
  const tasks = inOrder(asked.data.tasks, order.data?.activities ?? []);
  // A host with very many tasks: the newest page of them does not hold all that are open, the queue counts them.
  const isPart = asked.data.count > newest;
  const count = isPart ? Math.max(tasks.length, order.data?.count ?? 0) : tasks.length;
  const more = Math.max(0, count - shown);
  return (
    <section className={styles.upcoming}>
      <h2>Upcoming</h2>
      <p className="quiet" role="status">
        {count === 0 ? 'Nothing is under way on this host.' : `${counted(count, 'task')} under way`}
      </p>
      {tasks.length > 0 && (
        <ol className="panel">
          {tasks.slice(0, shown).map((task) => (
            <Entry key={task.id} task={task} isAway={isAway} />
          ))}
        </ol>
      )}
      {more > 0 && <p className="quiet">And {number(more)} more after these.</p>}
    </section>
  );
}

function Entry({ task, isAway }: { task: Task; isAway: boolean }) {
  const queries = useQueryClient();
  const { data } = useQuery(hostQuery(task.host_id));
  const may = useMay('hosts:install', data?.host.fleet_id ?? null);
  const cancel = useMutation({
    mutationFn: () => call(cancelUpcoming, { params: { id: task.host_id, activity_id: task.id } }),
    onSettled: () => queries.invalidateQueries(),
  });
  const name = taskTitle(task);
  return (
    <li className={styles.task}>
      <div>
        <TaskLink id={task.id}>{name}</TaskLink>
        <span className="quiet">asked for by {task.requested_by}</span>
        <span className="quiet">
          <Elapsed from={task.created_at} to={null} />
        </span>
      </div>
      {may && !task.cancel_requested && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Cancel: ${name}`}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          Cancel
        </Button>
      )}
      <div className={styles.wide}>
        <StageTrack task={task} />
      </div>
      <p>{taskSentence(task, isAway)}</p>
      <Failure error={cancel.error} />
    </li>
  );
}

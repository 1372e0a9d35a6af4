import { getTask, type TaskDetail } from '@flotilla/contract/tasks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask, quickMs } from '../api/queries.ts';
import { Dialog } from '../pieces/dialog.tsx';
import { Elapsed } from '../pieces/elapsed.tsx';
import { Facts } from '../pieces/facts.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import { StageTrack } from './stage-track.tsx';
import { TaskAttempts } from './task-attempts.tsx';
import styles from './task-dialog.module.css';
import { TaskEvents } from './task-events.tsx';
import { TaskMark } from './task-mark.tsx';
import { stateWord, taskSentence, taskTitle } from './task-words.ts';

/** Everything that happened to one task, live until it is over. */
export default function TaskDialog({ id, close }: { id: string; close: () => void }) {
  const asked = useQuery({
    ...ask(getTask, { params: { id } }),
    refetchInterval: ({ state }) => (state.data?.task.is_over ? false : quickMs),
  });
  const task = asked.data?.task;
  const retry = () => void asked.refetch();
  return (
    <Dialog title={task ? taskTitle(task) : 'Task'} close={close} wide>
      {asked.error && !task && <Trouble what="The task could not be loaded" error={asked.error} retry={retry} />}
      {asked.error && task && <StaleNotice error={asked.error} retry={retry} />}
      {!asked.error && !task && <PanelSkeleton lines={5} />}
      {task && <Content task={task} />}
    </Dialog>
  );
}

function Content({ task }: { task: TaskDetail }) {
  return (
    <div className={styles.task}>
      <div role="status">
        <TaskMark state={task.state} word={stateWord(task)} />
        <p>{taskSentence(task)}</p>
      </div>
      <StageTrack task={task} />
      <Facts
        facts={[
          ['Host', <HostLink key="host" task={task} />],
          ['Asked for by', task.requested_by],
          [task.is_over ? 'Took' : 'Since', <Elapsed key="time" from={task.created_at} to={task.ended_at} />],
          ['Attempt', `${task.attempt} of at most ${task.most_attempts}`],
          ['Package', task.package && <span className="mono">{task.package}</span>],
          ['Next attempt', !task.is_over && task.not_before && <TimeAgo key="next" at={task.not_before} />],
          ['Rollout', task.rollout_id !== null && <RolloutLink key="rollout" id={task.rollout_id} />],
          ['Policy', task.policy_id !== null && <PolicyLink key="policy" id={task.policy_id} />],
        ]}
      />
      <TaskAttempts task={task} />
      <TaskEvents task={task} />
    </div>
  );
}

function HostLink({ task }: { task: TaskDetail }) {
  return (
    <Link to="/hosts/$id" params={{ id: `${task.host_id}` }} search={{ tab: 'library' }}>
      {task.host_display_name}
    </Link>
  );
}

function RolloutLink({ id }: { id: number }) {
  return (
    <Link to="/updates/rollouts/$id" params={{ id: `${id}` }}>
      Rollout {id}
    </Link>
  );
}

function PolicyLink({ id }: { id: number }) {
  return (
    <Link to="/policies/$id" params={{ id: `${id}` }}>
      Policy {id}
    </Link>
  );
}

import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconHourglassEmpty } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Column } from '../pieces/column.ts';
import { Elapsed } from '../pieces/elapsed.tsx';
import { StateMark, type Tone } from '../pieces/state-mark.tsx';
import { SmallTrack } from '../tasks/stage-track.tsx';
import { TaskLink } from '../tasks/task-link.tsx';
import { TaskMark } from '../tasks/task-mark.tsx';
import { stateWord, taskSentence } from '../tasks/task-words.ts';
import { LibraryActions } from './library-actions.tsx';
import { type LibraryRow, statusWord, tellingTask } from './library-row.ts';

/** The columns of the library of one host. */
export const libraryColumns = (hostId: number): readonly Column<LibraryRow>[] => [
  {
    key: 'name',
    title: 'Name',
    width: '20%',
    card: 'lead',
    cell: ({ title }) => (
      <Link to="/software/titles/$id" params={{ id: `${title.id}` }} title={title.name}>
        {title.display_name || title.name}
      </Link>
    ),
  },
  { key: 'status', title: 'Status', width: '32%', cell: (row) => <Status row={row} /> },
  {
    key: 'installed',
    title: 'Installed',
    width: '14%',
    cell: ({ title }) => {
      const versions = title.installed_versions.map(({ version }) => version).join(', ');
      return versions ? <span title={versions}>{versions}</span> : <span className="quiet">not there</span>;
    },
  },
  {
    key: 'library',
    title: 'In the library',
    width: '14%',
    cell: ({ title }) => <span title={title.software_package?.name}>{title.software_package?.version}</span>,
  },
  {
    key: 'actions',
    title: 'Actions',
    width: '20%',
    numeric: true,
    cell: (row) => <LibraryActions hostId={hostId} row={row} />,
  },
];

function Status({ row }: { row: LibraryRow }) {
  const { title } = row;
  const task = tellingTask(row);
  if (!task) return <Untold title={title} />;
  const sentence = taskSentence(task);
  const label = `${stateWord(task)}: ${title.name}, details`;
  if (!task.is_over) {
    return (
      <span title={sentence}>
        <SmallTrack task={task} />
        <TaskLink id={task.id} label={label}>
          {stateWord(task)}
        </TaskLink>{' '}
        <span className="quiet">
          <Elapsed from={task.created_at} to={null} />
        </span>
      </span>
    );
  }
  const isGood = task.state === 'verified';
  return (
    <span title={sentence}>
      <TaskLink id={task.id} label={label}>
        <TaskMark state={task.state} word={stateWord(task)} />
      </TaskLink>{' '}
      <span className="quiet">
        {isGood ? (
          <>
            in <Elapsed from={task.created_at} to={task.ended_at} />
          </>
        ) : (
          sentence
        )}
      </span>
    </span>
  );
}

const marks: Partial<Record<string, readonly [typeof IconCircleCheck, Tone]>> = {
  installed: [IconCircleCheck, 'good'],
  pending_install: [IconHourglassEmpty, 'busy'],
  pending_uninstall: [IconHourglassEmpty, 'busy'],
  failed_install: [IconAlertTriangle, 'bad'],
  failed_uninstall: [IconAlertTriangle, 'bad'],
};

/** Where no task of late is about the title. */
function Untold({ title }: { title: LibraryRow['title'] }) {
  const isThere = title.installed_versions.length > 0;
  const [icon, tone] = marks[title.status ?? (isThere ? 'installed' : '')] ?? [IconCircleDashed, undefined];
  const mark = (
    <StateMark icon={icon} tone={tone}>
      {statusWord(title)}
    </StateMark>
  );
  const last = title.status === null ? null : title.software_package?.last_install;
  return last ? <TaskLink id={last.install_uuid}>{mark}</TaskLink> : mark;
}

import type { Action } from '@flotilla/contract/actions';
import { Link } from '@tanstack/react-router';
import type { Column } from '../../pieces/column.ts';
import { counted, number } from '../../pieces/words.ts';
import { SeverityMark } from '../severity-mark.tsx';
import { ActionButton } from './action-button.tsx';
import { figure, updateWords } from './action-words.ts';
import { DueTime } from './due-time.tsx';

/** The columns of the list of actions. */
export const actionColumns: readonly Column<Action>[] = [
  {
    key: 'action',
    title: 'Update',
    width: '25%',
    card: 'lead',
    cell: (action) => (
      <Link to="/vulnerabilities/actions/$id" params={{ id: `${action.id}` }} title={updateWords(action)}>
        {updateWords(action)}
      </Link>
    ),
  },
  { key: 'context', title: 'For', width: '10%', wide: true, cell: ({ context }) => context || '—' },
  {
    key: 'findings',
    title: 'Findings',
    sort: 'findings',
    first: 'desc',
    numeric: true,
    width: '11%',
    cell: (action) => (
      <Link
        to="/vulnerabilities/actions/$id"
        params={{ id: `${action.id}` }}
        aria-label={`${counted(action.findings_count, 'finding')} by ${action.name}`}
      >
        {figure(action.findings_count, action)}
      </Link>
    ),
  },
  {
    key: 'hosts',
    title: 'Hosts',
    sort: 'hosts',
    first: 'desc',
    numeric: true,
    width: '9%',
    cell: (action) => (
      <Link
        to="/hosts"
        search={{ action_id: action.id }}
        aria-label={`${counted(action.hosts_count, 'host')} with ${action.name}`}
      >
        {figure(action.hosts_count, action)}
      </Link>
    ),
  },
  {
    key: 'exploited',
    title: 'Exploited',
    numeric: true,
    width: '10%',
    wide: true,
    cell: ({ exploited_count: count }) => (count === 0 ? <span className="quiet">none</span> : number(count)),
  },
  {
    key: 'severity',
    title: 'Worst',
    width: '10%',
    cell: (action) => <SeverityMark score={null} level={action.severity} />,
  },
  {
    key: 'due',
    title: 'Due',
    sort: 'due',
    width: '11%',
    cell: (action) => <DueTime at={action.due_at} />,
  },
  {
    key: 'risk',
    title: 'Risk',
    sort: 'risk',
    first: 'desc',
    numeric: true,
    width: '8%',
    cell: ({ exposure }) => number(Math.round(exposure)),
  },
  {
    key: 'button',
    title: 'Next step',
    numeric: true,
    width: '14%',
    cell: (action) => <ActionButton action={action} />,
  },
];

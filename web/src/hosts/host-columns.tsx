import type { Host } from '@flotilla/contract/hosts';
import { Link } from '@tanstack/react-router';
import type { Column } from '../pieces/column.ts';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { platformName } from './platform-names.ts';
import { StatusMark } from './status-mark.tsx';

/** The columns of the list of hosts. */
export const hostColumns: readonly Column<Host>[] = [
  {
    key: 'name',
    title: 'Name',
    sort: 'display_name',
    width: '25%',
    card: 'lead',
    cell: (host) => (
      <Link to="/hosts/$id" params={{ id: `${host.id}` }} title={host.display_name}>
        {host.display_name}
      </Link>
    ),
  },
  { key: 'status', title: 'Status', width: '10%', card: 'lead', cell: (host) => <StatusMark status={host.status} /> },
  {
    key: 'os',
    title: 'Operating system',
    sort: 'os_version',
    width: '27%',
    cell: (host) => <span title={host.os_version}>{host.os_version || '—'}</span>,
  },
  {
    key: 'platform',
    title: 'Platform',
    sort: 'platform',
    width: '9%',
    wide: true,
    card: 'hidden',
    cell: (host) => platformName(host.platform),
  },
  {
    key: 'seen',
    title: 'Last seen',
    sort: 'seen_time',
    first: 'desc',
    numeric: true,
    width: '13%',
    cell: (host) => <TimeAgo at={host.seen_time} />,
  },
  {
    key: 'software',
    title: 'Software changed',
    sort: 'software_updated_at',
    first: 'desc',
    numeric: true,
    width: '16%',
    wide: true,
    cell: (host) => <TimeAgo at={host.software_updated_at} />,
  },
];

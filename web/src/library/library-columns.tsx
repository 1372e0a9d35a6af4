import type { LibraryEntry } from '@flotilla/contract/packages';
import { Link } from '@tanstack/react-router';
import type { Column } from '../pieces/column.ts';
import { counted, number } from '../pieces/words.ts';
import { sourceName } from '../software/source-names.ts';
import { tilesOf } from './library-words.ts';

/** A number of hosts that leads to the title, where its hosts and packages are. */
function Count({ entry, what }: { entry: LibraryEntry; what: 'installed' | 'pending' | 'failed' }) {
  const count = tilesOf(entry.status)[what];
  return (
    <Link
      to="/software/titles/$id"
      params={{ id: `${entry.title_id}` }}
      aria-label={`${entry.title} ${what} on ${counted(count, 'host')}`}
    >
      {number(count)}
    </Link>
  );
}

/** The columns of the library. */
export const libraryColumns: readonly Column<LibraryEntry>[] = [
  {
    key: 'name',
    title: 'Name',
    width: '24%',
    card: 'lead',
    cell: (entry) => (
      <Link to="/software/titles/$id" params={{ id: `${entry.title_id}` }} title={entry.title}>
        {entry.title}
      </Link>
    ),
  },
  {
    key: 'version',
    title: 'Newest version',
    width: '18%',
    cell: ({ packages: [newest] }) => <span title={newest?.name}>{newest?.version ?? '—'}</span>,
  },
  { key: 'source', title: 'Kind', width: '14%', wide: true, card: 'hidden', cell: ({ source }) => sourceName(source) },
  { key: 'packages', title: 'Packages', width: '10%', numeric: true, cell: ({ packages }) => number(packages.length) },
  {
    key: 'installed',
    title: 'Installed',
    width: '9%',
    numeric: true,
    cell: (entry) => <Count entry={entry} what="installed" />,
  },
  {
    key: 'pending',
    title: 'Pending',
    width: '9%',
    numeric: true,
    cell: (entry) => <Count entry={entry} what="pending" />,
  },
  {
    key: 'failed',
    title: 'Failed',
    width: '8%',
    numeric: true,
    cell: (entry) => <Count entry={entry} what="failed" />,
  },
  {
    key: 'hosts',
    title: 'Hosts',
    width: '8%',
    numeric: true,
    cell: ({ title_id, title, hosts_count }) => (
      <Link
        to="/hosts"
        search={{ software_title_id: title_id }}
        aria-label={`${counted(hosts_count, 'host')} with ${title}`}
      >
        {number(hosts_count)}
      </Link>
    ),
  },
];

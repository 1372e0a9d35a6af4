import type { TitleListItem } from '@flotilla/contract/software';
import { Link } from '@tanstack/react-router';
import type { Column } from '../pieces/column.ts';
import { counted, number } from '../pieces/words.ts';
import { VulnerabilityCount } from '../vulnerabilities/vulnerability-count.tsx';
import { sourceName } from './source-names.ts';
import styles from './title-columns.module.css';

const shownVersions = 3;

/** The columns of the list of titles. */
export const titleColumns: readonly Column<TitleListItem>[] = [
  {
    key: 'name',
    title: 'Name',
    sort: 'name',
    width: '30%',
    card: 'lead',
    cell: (title) => (
      <Link to="/software/titles/$id" params={{ id: `${title.id}` }} title={title.name}>
        {title.display_name || title.name}
      </Link>
    ),
  },
  { key: 'source', title: 'Kind', width: '18%', cell: (title) => sourceName(title.source, title.extension_for) },
  { key: 'versions', title: 'Versions', width: '26%', cell: (title) => <Versions title={title} /> },
  {
    key: 'vulnerabilities',
    title: 'Vulnerabilities',
    numeric: true,
    width: '14%',
    cell: (title) => (
      <VulnerabilityCount of={title.versions}>
        {(count) => (
          <Link
            to="/software/titles/$id"
            params={{ id: `${title.id}` }}
            aria-label={`${counted(count, 'vulnerability', 'vulnerabilities')} in ${title.name}`}
          >
            {number(count)}
          </Link>
        )}
      </VulnerabilityCount>
    ),
  },
  {
    key: 'hosts',
    title: 'Hosts',
    sort: 'hosts_count',
    first: 'desc',
    numeric: true,
    width: '12%',
    cell: (title) => (
      <Link
        to="/hosts"
        search={{ software_title_id: title.id }}
        aria-label={`${counted(title.hosts_count, 'host')} with ${title.name}`}
      >
        {number(title.hosts_count)}
      </Link>
    ),
  },
];

function Versions({ title }: { title: TitleListItem }) {
  const more = title.versions_count - Math.min(shownVersions, title.versions.length);
  const shown = title.versions
    .slice(0, shownVersions)
    .map(({ version }) => version)
    .join(', ');
  return (
    <span className={styles.versions}>
      <span title={shown}>{shown}</span>
      {more > 0 && (
        <Link
          to="/software/titles/$id"
          params={{ id: `${title.id}` }}
          aria-label={`${more} more versions of ${title.name}`}
        >
          +{number(more)}
        </Link>
      )}
    </span>
  );
}

import type { Host } from '@flotilla/contract/hosts';
import { Link } from '@tanstack/react-router';
import type { Column } from '../pieces/column.ts';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { bytes, counted, number } from '../pieces/words.ts';
import { platformName } from './platform-names.ts';
import { StatusMark } from './status-mark.tsx';

const nameColumn: Column<Host> = {
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
};
const statusColumn: Column<Host> = {
  key: 'status',
  title: 'Status',
  width: '10%',
  card: 'lead',
  cell: (host) => <StatusMark status={host.status} />,
};
const osColumn: Column<Host> = {
  key: 'os',
  title: 'Operating system',
  sort: 'os_version',
  width: '27%',
  cell: (host) => <span title={host.os_version}>{host.os_version || '—'}</span>,
};
const platformColumn: Column<Host> = {
  key: 'platform',
  title: 'Platform',
  sort: 'platform',
  width: '9%',
  wide: true,
  card: 'hidden',
  cell: (host) => platformName(host.platform),
};
const seenColumn = time('seen', 'Last seen', 'seen_time');
const softwareColumn: Column<Host> = {
  ...time('software', 'Software changed', 'software_updated_at'),
  width: '16%',
  wide: true,
};

/** Hosts where they are a detail of something else. */
export const fewHostColumns: readonly Column<Host>[] = [
  nameColumn,
  statusColumn,
  osColumn,
  platformColumn,
  seenColumn,
  softwareColumn,
];

/** Every column of the list of hosts; the first cannot be hidden. */
export const hostColumns: readonly Column<Host>[] = [
  nameColumn,
  statusColumn,
  osColumn,
  platformColumn,
  text('fleet_name', 'Fleet', { value: (host) => host.fleet_name, sort: 'fleet_name', width: '12%' }),
  {
    key: 'failing',
    title: 'Failing policies',
    numeric: true,
    width: '11%',
    cell: (host) => <Failing host={host} />,
  },
  {
    key: 'disk',
    title: 'Free disk',
    sort: 'gigs_disk_space_available',
    numeric: true,
    width: '10%',
    cell: (host) =>
      host.gigs_total_disk_space > 0 ? (
        `${number(Math.round(host.gigs_disk_space_available))} GB`
      ) : (
        <span className="quiet">unknown</span>
      ),
  },
  {
    key: 'memory',
    title: 'Memory',
    sort: 'memory',
    first: 'desc',
    numeric: true,
    width: '10%',
    cell: (host) => (host.memory > 0 ? bytes(host.memory) : <span className="quiet">unknown</span>),
  },
  text('model', 'Model', { value: (host) => host.hardware_model, sort: 'hardware_model' }),
  text('serial', 'Serial number', { value: (host) => host.hardware_serial, sort: 'hardware_serial' }),
  text('ip', 'Address', { value: (host) => host.primary_ip, sort: 'primary_ip' }),
  text('osquery', 'osquery', { value: (host) => host.osquery_version, sort: 'osquery_version', width: '10%' }),
  time('enrolled', 'Enrolled', 'last_enrolled_at'),
  time('details', 'Details updated', 'detail_updated_at'),
  seenColumn,
  softwareColumn,
];

/** Those a person sees who never chose. */
const usual = ['name', 'status', 'os', 'platform', 'seen', 'software'];
const usualInFleets = ['name', 'status', 'os', 'fleet_name', 'seen', 'software'];
/** Stands in the list of hidden columns of whoever chose, so that hiding nothing differs from never having chosen. */
const chosenMark = 'chosen';

/** The keys of the columns that are shown, from what the person's settings hide. */
export function shownColumns(hidden: readonly string[], isInFleets: boolean): string[] {
  if (hidden.length === 0) return isInFleets ? usualInFleets : usual;
  return hostColumns.map(({ key }) => key).filter((key) => key === nameColumn.key || !hidden.includes(key));
}

/** What the settings hide when these are shown. */
export const hiddenColumns = (shown: readonly string[]): string[] => [
  chosenMark,
  ...hostColumns.map(({ key }) => key).filter((key) => !shown.includes(key)),
];

function Failing({ host }: { host: Host }) {
  const count = host.issues.failing_policies_count;
  if (count === 0) return '0';
  return (
    <Link
      to="/hosts/$id"
      params={{ id: `${host.id}` }}
      search={{ tab: 'policies' }}
      aria-label={`${counted(count, 'policy', 'policies')} failing on ${host.display_name}`}
    >
      {number(count)}
    </Link>
  );
}

interface TextOptions {
  value: (host: Host) => string | null;
  sort: string;
  width?: string;
}

function text(key: string, title: string, { value, sort, width = '14%' }: TextOptions): Column<Host> {
  return {
    key,
    title,
    sort,
    width,
    cell: (host) => <span title={value(host) ?? undefined}>{value(host) || '—'}</span>,
  };
}

function time(
  key: string,
  title: string,
  sort: 'seen_time' | 'software_updated_at' | 'last_enrolled_at' | 'detail_updated_at',
) {
  const column: Column<Host> = {
    key,
    title,
    sort,
    first: 'desc',
    numeric: true,
    width: '13%',
    cell: (host) => <TimeAgo at={host[sort]} />,
  };
  return column;
}

import type { ResponseOf } from '@flotilla/contract/route';
import type { getVulnerability } from '@flotilla/contract/vulnerabilities';
import { Link } from '@tanstack/react-router';
import { EvidenceLink } from '../evidence/evidence-link.tsx';
import { type Asked, AsyncList } from '../pieces/async-list.tsx';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { counted, number } from '../pieces/words.ts';
import { sourceName } from '../software/source-names.ts';
import styles from './findings.module.css';

type Found = ResponseOf<typeof getVulnerability>;

interface Row {
  id: number;
  kind: 'software' | 'os';
  name: string;
  version: string;
  what: string;
  hosts: number;
  fix: string | null;
  cve: string;
}

function rowsOf({ vulnerability: { cve }, software, os_versions }: Found): Row[] {
  const systems = os_versions.map(
    (os): Row => ({
      id: os.os_version_id,
      kind: 'os',
      name: os.name_only,
      version: os.version,
      what: 'Operating system',
      hosts: os.hosts_count,
      fix: os.resolved_in_version,
      cve,
    }),
  );
  const programs = software.map(
    (one): Row => ({
      id: one.id,
      kind: 'software',
      name: one.name,
      version: one.version,
      what: sourceName(one.source, one.extension_for),
      hosts: one.hosts_count,
      fix: one.resolved_in_version,
      cve,
    }),
  );
  return [...systems, ...programs];
}

/** The list of hosts behind a row. */
const hostsOf = ({ kind, id }: Row) => (kind === 'os' ? { os_version_id: id } : { software_version_id: id });

const columns: readonly Column<Row>[] = [
  {
    key: 'name',
    title: 'Software',
    width: '28%',
    card: 'lead',
    cell: (row) =>
      row.kind === 'os' ? (
        row.name
      ) : (
        <Link to="/software/versions/$id" params={{ id: `${row.id}` }} title={row.name}>
          {row.name}
        </Link>
      ),
  },
  {
    key: 'version',
    title: 'Version',
    width: '24%',
    cell: (row) => <span title={row.version}>{row.version || '—'}</span>,
  },
  {
    key: 'fix',
    title: 'Fixed in',
    width: '22%',
    cell: (row) => (row.fix ? <span title={row.fix}>{row.fix}</span> : <span className="quiet">no fix known</span>),
  },
  { key: 'kind', title: 'Kind', width: '14%', wide: true, cell: (row) => row.what },
  {
    key: 'evidence',
    title: 'Evidence',
    width: '10%',
    cell: ({ kind, id, name, version, cve }) =>
      kind === 'software' && (
        <EvidenceLink explained={{ versionId: id, cve }} label={`Show the evidence for ${name} ${version}`}>
          Show
        </EvidenceLink>
      ),
  },
  {
    key: 'hosts',
    title: 'Hosts',
    numeric: true,
    width: '12%',
    cell: (row) => (
      <Link
        to="/hosts"
        search={hostsOf(row)}
        aria-label={`${counted(row.hosts, 'host')} with ${row.name} ${row.version}`}
      >
        {number(row.hosts)}
      </Link>
    ),
  },
];

/** What has the vulnerability, on how many hosts, and where it is fixed. */
export function AffectedSoftware({ found, asked }: { found: Found | undefined; asked: Asked }) {
  return (
    <section className={styles.section}>
      <h2>Affected software</h2>
      <AsyncList
        what="affected software"
        asked={asked}
        rows={found && rowsOf(found)}
        rowKey={(row) => `${row.kind} ${row.id}`}
        columns={columns}
        question={found?.vulnerability.cve ?? ''}
        empty={<Empty title="No software on hosts is affected any more" />}
      />
    </section>
  );
}

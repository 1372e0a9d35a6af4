import type { Version } from '@flotilla/contract/software';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { EvidenceLink } from '../evidence/evidence-link.tsx';
import { AsyncList } from '../pieces/async-list.tsx';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { number } from '../pieces/words.ts';
import { ExploitedMark } from '../vulnerabilities/exploited-mark.tsx';
import { SeverityMark } from '../vulnerabilities/severity-mark.tsx';
import styles from './version-page.module.css';

type Vulnerability = NonNullable<Version['vulnerabilities']>[number];

const shownFirst = 20;

const columnsOf = (versionId: number): readonly Column<Vulnerability>[] => [
  {
    key: 'cve',
    title: 'CVE',
    width: '25%',
    card: 'lead',
    cell: ({ cve }) => (
      <Link to="/vulnerabilities/$cve" params={{ cve }} className="nowrap">
        {cve}
      </Link>
    ),
  },
  {
    key: 'severity',
    title: 'CVSS',
    width: '20%',
    cell: ({ cvss_score }) => <SeverityMark score={cvss_score} />,
  },
  {
    key: 'exploited',
    title: 'Exploitation',
    width: '25%',
    cell: (vulnerability) => <ExploitedMark is={vulnerability.cisa_known_exploit} />,
  },
  {
    key: 'fix',
    title: 'Fixed in',
    width: '30%',
    cell: ({ resolved_in_version: fix }) =>
      fix ? <span title={fix}>{fix}</span> : <span className="quiet">no fix known</span>,
  },
  {
    key: 'evidence',
    title: 'Evidence',
    width: '12%',
    cell: ({ cve }) => (
      <EvidenceLink explained={{ versionId, cve }} label={`Show the evidence for ${cve}`}>
        Show
      </EvidenceLink>
    ),
  },
];

interface Props {
  versionId: number;
  vulnerabilities: readonly Vulnerability[];
}

/** The vulnerabilities of one version, and where each is fixed. */
export function VersionVulnerabilities({ versionId, vulnerabilities }: Props) {
  const [all, setAll] = useState(false);
  const columns = useMemo(() => columnsOf(versionId), [versionId]);
  return (
    <section className={styles.hosts}>
      <h2>Vulnerabilities</h2>
      <AsyncList
        what="vulnerabilities of this version"
        asked={settled}
        rows={all ? vulnerabilities : vulnerabilities.slice(0, shownFirst)}
        rowKey={({ cve }) => cve}
        columns={columns}
        question={`${all}`}
        empty={
          <Empty title="None is known">
            <p className="quiet">It was judged, and no feed says that this version is affected.</p>
          </Empty>
        }
      />
      {!all && vulnerabilities.length > shownFirst && (
        <Button variant="default" mt={12} onClick={() => setAll(true)}>
          Show all {number(vulnerabilities.length)}
        </Button>
      )}
    </section>
  );
}

/** They came with the version. */
const settled = { error: null, refetch: () => undefined };

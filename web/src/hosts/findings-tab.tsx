import type { FindingState } from '@flotilla/contract/finding-life';
import { type Finding, hostFindings } from '@flotilla/contract/vulnerabilities';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import { EvidenceLink, OpenEvidence } from '../evidence/evidence-link.tsx';
import type { Column } from '../pieces/column.ts';
import { Empty } from '../pieces/empty.tsx';
import { type ListState, useListState } from '../pieces/list-state.ts';
import { Filters } from '../pieces/page.tsx';
import { PagedList } from '../pieces/paged-list.tsx';
import { SearchField } from '../pieces/search-field.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { counted } from '../pieces/words.ts';
import { ExploitedMark } from '../vulnerabilities/exploited-mark.tsx';
import { FindingMark } from '../vulnerabilities/finding-mark.tsx';
import { FindingStateFilter } from '../vulnerabilities/finding-state-filter.tsx';
import { findingState, stateChoiceWords, whyWords } from '../vulnerabilities/finding-words.ts';
import { SeverityMark } from '../vulnerabilities/severity-mark.tsx';
import styles from './as-of.module.css';
import { ClosedFindings } from './closed-findings.tsx';
import type { HostSearch } from './search.ts';
import { matching } from './sentences.ts';

const route = getRouteApi('/frame/hosts/$id');

const columns: readonly Column<Finding>[] = [
  {
    key: 'cve',
    title: 'CVE',
    width: '16%',
    card: 'lead',
    cell: ({ cve }) => (
      <Link to="/vulnerabilities/$cve" params={{ cve }} title={cve}>
        {cve}
      </Link>
    ),
  },
  {
    key: 'software',
    title: 'Software',
    width: '19%',
    cell: (finding) => (
      <Link
        to="/software/versions/$id"
        params={{ id: `${finding.version_id}` }}
        title={`${finding.name} ${finding.version}`}
      >
        {finding.name} {finding.version}
      </Link>
    ),
  },
  {
    key: 'severity',
    title: 'Severity',
    width: '13%',
    cell: ({ cvss_score, severity }) => <SeverityMark score={cvss_score} level={severity} />,
  },
  { key: 'state', title: 'State', width: '26%', cell: (finding) => <State finding={finding} /> },
  {
    key: 'fix',
    title: 'Fixed in',
    width: '14%',
    cell: ({ fix_version: fix }) =>
      fix ? <span title={fix}>{fix}</span> : <span className="quiet">no fix known</span>,
  },
  {
    key: 'evidence',
    title: 'Evidence',
    width: '10%',
    cell: ({ version_id, cve, name, version }) => (
      <EvidenceLink
        explained={{ versionId: version_id, cve }}
        label={`Show the evidence for ${cve} in ${name} ${version}`}
      >
        Show
      </EvidenceLink>
    ),
  },
  {
    key: 'since',
    title: 'Since',
    width: '12%',
    wide: true,
    numeric: true,
    cell: ({ since }) => <TimeAgo at={since} />,
  },
];

function State({ finding }: { finding: Finding }) {
  // That the distribution calls it no security matter is the state itself.
  const why = findingState(finding) === 'unimportant' ? '' : whyWords(finding);
  return (
    <span title={why || undefined}>
      <FindingMark finding={finding} />
      {finding.cisa_known_exploit && <ExploitedMark is />}
      {why && <span className="quiet"> {why}</span>}
    </span>
  );
}

/** What was found on the host: what counts first, then what does not, and what nobody can tell. */
export default function FindingsTab({ id }: { id: number }) {
  const list = useListState(route.useSearch());
  const { state } = list.search;
  return (
    <>
      <Filters>
        <SearchField label="Search by CVE or software" value={list.query} set={(query) => list.change({ query })} />
        <FindingStateFilter value={state} set={(to) => list.change({ state: to })} />
      </Filters>
      {state === 'closed' ? (
        <ClosedFindings id={id} list={list} />
      ) : (
        <PresentFindings id={id} list={list} state={state} />
      )}
    </>
  );
}

interface Present {
  id: number;
  list: ListState<HostSearch>;
  state: FindingState | undefined;
}

function PresentFindings({ id, list, state }: Present) {
  const navigate = route.useNavigate();
  const { query, page, per_page, change } = list;
  const asking = ask(hostFindings, { params: { id }, query: { query, state, page, per_page } });
  const asked = useQuery({ ...asking, ...liveList });
  return (
    <>
      <p className={`quiet ${styles.count}`} role="status">
        {asked.data && `${counted(asked.data.count, 'finding')}${matching(query, asked.data.count)}`}&nbsp;
      </p>
      <PagedList
        list={list}
        total={asked.data?.count}
        what="findings on this host"
        asked={asked}
        rows={asked.data?.findings}
        rowKey={({ cve, version_id, evidence }) => `${cve} ${version_id} ${evidence.key} ${evidence.compared}`}
        columns={columns}
        empty={<NoFindings query={query} state={state} clear={() => change({ query: undefined, state: undefined })} />}
      />
      <OpenEvidence
        evidence={list.search.evidence}
        hostId={id}
        close={() => void navigate({ search: (before) => ({ ...before, evidence: undefined }), resetScroll: false })}
      />
    </>
  );
}

function NoFindings({
  query,
  state,
  clear,
}: Pick<Present, 'state'> & { query: string | undefined; clear: () => void }) {
  if (query || state) {
    const narrowed = [query && `“${query}”`, state && `“${stateChoiceWords[state]}”`].filter(Boolean).join(' and ');
    return (
      <Empty title={`No finding on this host matches ${narrowed}`}>
        <Button variant="default" onClick={clear}>
          Show all its findings
        </Button>
      </Empty>
    );
  }
  return (
    <Empty title="Nothing found on this host">
      <p className="quiet">
        That holds for software that was judged; the Software tab says which was not. How old the data are is with the
        feeds.
      </p>
      <Link to="/feeds">See the feeds</Link>
    </Empty>
  );
}

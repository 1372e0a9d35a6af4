import { type Finding, vulnerabilityFindings } from '@flotilla/contract/vulnerabilities';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, liveMs } from '../api/queries.ts';
import { Empty } from '../pieces/empty.tsx';
import { Pager } from '../pieces/pager.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { PastEnd } from '../pieces/past-end.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import { type ListSearch, usualPageSize } from '../pieces/url-state.ts';
import { capital } from '../pieces/words.ts';
import { FindingMark } from './finding-mark.tsx';
import { feedTitle, identityWords, rangeWords, whyWords } from './finding-words.ts';
import styles from './findings.module.css';

const route = getRouteApi('/frame/vulnerabilities/$cve');

/** Where the vulnerability was found or could not be ruled out, each with what it was concluded from. */
export function Findings({ cve }: { cve: string }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (to: Pick<ListSearch, 'page' | 'per_page'>) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...to }) });
  const paging = { page: (search.page ?? 1) - 1, per_page: search.per_page ?? usualPageSize };
  const asked = useQuery({
    ...ask(vulnerabilityFindings, { params: { cve }, query: paging }),
    placeholderData: keepPreviousData,
    refetchInterval: liveMs,
  });
  const retry = () => void asked.refetch();
  const findings = asked.data?.findings;
  return (
    <section className={styles.section}>
      <h2>Evidence</h2>
      {asked.error && !findings && (
        <Trouble what="The evidence could not be loaded" error={asked.error} retry={retry} />
      )}
      {asked.error && findings && <StaleNotice error={asked.error} retry={retry} />}
      {!asked.error && !findings && <PanelSkeleton lines={4} />}
      {findings?.length === 0 && (search.page ? <PastEnd first={() => change({})} /> : <NothingHere />)}
      {findings && findings.length > 0 && (
        <ul className={`panel ${styles.findings}`}>
          {findings.map((finding, place) => (
            <Entry key={keyOf(finding)} finding={finding} isOpen={place === 0} />
          ))}
        </ul>
      )}
      <Pager search={search} total={asked.data?.count} set={change} />
    </section>
  );
}

const keyOf = ({ version_id, context, evidence: { key, compared, advisory } }: Finding) =>
  [version_id, context, key, compared, advisory].join(' ');

function NothingHere() {
  return (
    <Empty title="Nothing here has it">
      <p className="quiet">No software on your hosts is what its records are about, or all of it is fixed.</p>
    </Empty>
  );
}

function Entry({ finding, isOpen }: { finding: Finding; isOpen: boolean }) {
  const why = whyWords(finding);
  return (
    <li data-row="">
      <details open={isOpen}>
        <summary>
          <b>
            {finding.name} {finding.version}
          </b>
          <span className="quiet">{finding.context}</span>
          <FindingMark finding={finding} />
          <span className={`quiet ${styles.when}`}>
            <TimeAgo at={finding.since} />
          </span>
        </summary>
        {why && <p className={styles.why}>{capital(why)}.</p>}
        <EvidenceFacts finding={finding} />
      </details>
    </li>
  );
}

/** Everything that is needed to check a finding by hand. */
function EvidenceFacts({ finding }: { finding: Finding }) {
  const { evidence } = finding;
  const facts: [string, ReactNode][] = [
    ['Software', <VersionLink key="software" finding={finding} />],
    ['Feed', feedTitle(evidence.feed)],
    ['Record', <Mono key="record">{evidence.advisory}</Mono>],
    ['Looked up as', <Mono key="key">{evidence.key}</Mono>],
    ['Affected versions', rangeWords(evidence.range)],
    ['Compared version', <Mono key="compared">{evidence.compared}</Mono>],
    ['Compared by', `the rules of ${evidence.comparator}`],
    ['Fixed in', fixOf(finding)],
    ['Identity from', identityWords(evidence.identity)],
    ['Confidence', evidence.confidence],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function VersionLink({ finding }: { finding: Finding }) {
  return (
    <Link to="/software/versions/$id" params={{ id: `${finding.version_id}` }}>
      {finding.name} {finding.version}
    </Link>
  );
}

function Mono({ children }: { children: string }) {
  return <span className="mono">{children}</span>;
}

function fixOf({ fix_version, fix_from }: Finding): string {
  if (fix_version === null) return 'no fix known';
  return fix_from === null ? fix_version : `${fix_version}, says ${feedTitle(fix_from)}`;
}

import { type Finding, vulnerabilityFindings } from '@flotilla/contract/vulnerabilities';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ask, liveMs } from '../api/queries.ts';
import { EvidenceLink } from '../evidence/evidence-link.tsx';
import { releaseWords } from '../evidence/release-words.ts';
import { Empty } from '../pieces/empty.tsx';
import { Pager } from '../pieces/pager.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { PastEnd } from '../pieces/past-end.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import { type ListSearch, usualPageSize } from '../pieces/url-state.ts';
import { capital } from '../pieces/words.ts';
import { FindingMark } from './finding-mark.tsx';
import { feedTitle, rangeWords, whyWords } from './finding-words.ts';
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
          {findings.map((finding) => (
            <Entry key={keyOf(finding)} finding={finding} />
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

function Entry({ finding }: { finding: Finding }) {
  const why = whyWords(finding);
  return (
    <li data-row="">
      <p className={styles.head}>
        <EvidenceLink explained={{ versionId: finding.version_id, cve: finding.cve }}>
          <b>
            {finding.name} {finding.version}
          </b>
        </EvidenceLink>
        <span className="quiet">{releaseWords(finding.context)}</span>
        <FindingMark finding={finding} />
        <span className={`quiet ${styles.when}`}>
          <TimeAgo at={finding.since} />
        </span>
      </p>
      <p className={styles.why}>
        <span className="quiet">
          {capital(feedTitle(finding.evidence.feed))}: {rangeWords(finding.evidence.range)}
          {finding.fix_from &&
            finding.fix_from !== finding.evidence.feed &&
            `; fixed in ${finding.fix_version}, says ${feedTitle(finding.fix_from)}`}
        </span>
        {why && ` ${capital(why)}.`}
      </p>
    </li>
  );
}

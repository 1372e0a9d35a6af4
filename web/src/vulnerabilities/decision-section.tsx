import { vulnerabilityHistory } from '@flotilla/contract/exposure';
import { type Decision, vulnerabilityDecision } from '@flotilla/contract/vulnerabilities';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask, liveMs } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { Facts } from '../pieces/facts.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { basisWords, decisionWords, dueWords, known } from './decision-words.ts';
import { feedTitle } from './finding-words.ts';
import styles from './findings.module.css';
import { SeverityMark } from './severity-mark.tsx';
import { likelihoodWords } from './severity-words.ts';

/** By when a vulnerability is to be mended, and what decides that, each with the feed that tells it. */
export function DecisionSection({ cve }: { cve: string }) {
  const fleet_id = useFleetId();
  const asked = useQuery({
    ...ask(vulnerabilityDecision, { params: { cve }, query: { fleet_id } }),
    refetchInterval: liveMs,
  });
  const history = useQuery({
    ...ask(vulnerabilityHistory, { params: { cve }, query: { fleet_id } }),
    refetchInterval: liveMs,
  });
  const told = asked.data;
  return (
    <section className={styles.section}>
      <h2>How urgent it is</h2>
      {asked.error && !told && (
        <Trouble what="The decision could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      )}
      {!asked.error && !told && <PanelSkeleton lines={4} />}
      {told && (
        <div className="panel">
          <p className={styles.decision}>
            <b>{decisionWords(told, dueWords(history.data?.first_due_at ?? null, new Date()))}</b>{' '}
            <span className="quiet">{basisWords(told.decision)}</span>
          </p>
          <Facts facts={factsOf(told)} />
          <p className={styles.decision}>
            {told.description.text ?? <span className="quiet">No feed describes it.</span>}
          </p>
        </div>
      )}
    </section>
  );
}

function factsOf({ severity, epss, exploitation, ssvc, published, decision }: Decision): [string, ReactNode][] {
  const { cvss_version: version } = severity;
  return [
    [
      version ? `Severity, CVSS ${version}` : 'Severity',
      <From key="severity" feed={severity.feed}>
        <SeverityMark score={severity.cvss_score} level={severity.level} />
      </From>,
    ],
    ['Attacks within 30 days, EPSS', epss ? <Likelihood key="epss" epss={epss} /> : <Unknown key="epss" />],
    [
      'Known exploited',
      <From key="exploited" feed={exploitation.feed}>
        {known(exploitation.is_known, ['yes', 'not listed', 'unknown: the list was not read yet'])}
        {exploitation.since && (
          <>
            , listed <TimeAgo at={exploitation.since} />
          </>
        )}
        {exploitation.in_ransomware && ', in ransomware'}
      </From>,
    ],
    [
      'Attacks can be automated, SSVC',
      <From key="automatable" feed={ssvc.is_automatable === null ? null : ssvc.feed}>
        {known(ssvc.is_automatable, ['yes', 'no', 'unknown'])}
      </From>,
    ],
    [
      'Technical impact, SSVC',
      <From key="impact" feed={ssvc.technical_impact === null ? null : ssvc.feed}>
        {ssvc.technical_impact ?? <Unknown />}
      </From>,
    ],
    [
      'Hosts reachable from the internet',
      known(decision.is_asset_exposed, ['yes', 'no', 'unknown: it is set on the pages of fleets and labels']),
    ],
    [
      'Published',
      <From key="published" feed={published.feed}>
        {published.at ? <TimeAgo at={published.at} /> : <Unknown />}
      </From>,
    ],
  ];
}

const Unknown = () => <span className="quiet">unknown</span>;

function From({ feed, children }: { feed: string | null; children: ReactNode }) {
  return (
    <>
      {children}
      {feed && <div className="quiet">{feedTitle(feed)}</div>}
    </>
  );
}

function Likelihood({ epss: { probability, percentile } }: { epss: NonNullable<Decision['epss']> }) {
  return (
    <From feed="epss">
      {likelihoodWords(probability)}, more than {likelihoodWords(percentile)} of all
    </From>
  );
}

import { listHosts } from '@flotilla/contract/hosts';
import type { Version } from '@flotilla/contract/software';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ask, liveMs } from '../api/queries.ts';
import { OpenEvidence } from '../evidence/evidence-link.tsx';
import { WhyNotCve } from '../evidence/why-not-cve.tsx';
import { useFleetId } from '../fleets/use-fleet.ts';
import { fewHostColumns } from '../hosts/host-columns.tsx';
import { AsyncList } from '../pieces/async-list.tsx';
import { Empty } from '../pieces/empty.tsx';
import { Facts } from '../pieces/facts.tsx';
import { Page } from '../pieces/page.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { Trouble } from '../pieces/trouble.tsx';
import { counted } from '../pieces/words.ts';
import { EndMark } from './end-mark.tsx';
import { versionQuery } from './software-queries.ts';
import { sourceName } from './source-names.ts';
import styles from './version-page.module.css';
import { VersionVulnerabilities } from './version-vulnerabilities.tsx';

const route = getRouteApi('/frame/software/versions/$id');
const shownHosts = 10;

/** One version of a title: what is known of it, and which hosts have it. */
export function VersionPage() {
  const id = Number(route.useParams().id);
  const { evidence } = route.useSearch();
  const navigate = route.useNavigate();
  const fleet_id = useFleetId();
  const asked = useQuery({ ...versionQuery(id, fleet_id), refetchInterval: liveMs });
  const version = asked.data?.software;
  const above = (
    <>
      <Link to="/software">Software</Link>
      {version && (
        <>
          {' / '}
          <Link to="/software/titles/$id" params={{ id: `${version.software_title_id}` }}>
            {version.display_name || version.name}
          </Link>
        </>
      )}
    </>
  );
  if (asked.error && !version) {
    return (
      <Page title="Version" above={above}>
        <Trouble what="The version could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={version && `${version.display_name || version.name} ${version.version}`}
      above={above}
      sentence={version && <Sentence version={version} />}
    >
      {version ? (
        <div className="panel">
          <Facts
            facts={[
              ...factsOf(version),
              ['Fixes', version.end_of_life && <EndMark key="end" end={version.end_of_life} />],
            ]}
          />
        </div>
      ) : (
        <PanelSkeleton lines={3} />
      )}
      {version?.vulnerabilities && <VersionVulnerabilities versionId={id} vulnerabilities={version.vulnerabilities} />}
      {version && <WhyNotCve versionId={id} />}
      <Hosts id={id} count={version?.hosts_count} />
      <OpenEvidence
        evidence={evidence}
        close={() => void navigate({ search: (before) => ({ ...before, evidence: undefined }), resetScroll: false })}
      />
    </Page>
  );
}

function Sentence({ version }: { version: Version }) {
  return (
    <>
      {sourceName(version.source, version.extension_for)} on{' '}
      <Link to="/hosts" search={{ software_version_id: version.id }}>
        {counted(version.hosts_count, 'host')}
      </Link>
      {version.vulnerabilities === null
        ? ', vulnerabilities not judged'
        : `, ${counted(version.vulnerabilities.length, 'vulnerability', 'vulnerabilities')} known`}
    </>
  );
}

const factsOf = (version: Version) =>
  [
    ['Name', version.name],
    ['Version', version.version],
    ['Release', version.release],
    ['Architecture', version.arch],
    ['Vendor', version.vendor],
    ['Bundle identifier', version.bundle_identifier],
    ['Extension id', version.extension_id],
    ['Upgrade code', version.upgrade_code],
  ] as const;

function Hosts({ id, count }: { id: number; count: number | undefined }) {
  const fleet_id = useFleetId();
  const asked = useQuery({
    ...ask(listHosts, {
      query: {
        fleet_id,
        software_version_id: id,
        per_page: shownHosts,
        order_key: 'display_name',
        order_direction: 'asc',
      },
    }),
    refetchInterval: liveMs,
  });
  return (
    <section className={styles.hosts}>
      <h2>Hosts</h2>
      <AsyncList
        what="hosts with this version"
        asked={asked}
        rows={asked.data?.hosts}
        rowKey={(host) => `${host.id}`}
        columns={fewHostColumns}
        question={`${id}`}
        empty={
          <Empty title="No host has this version any more">
            <p className="quiet">The timeline of a host says when it went.</p>
          </Empty>
        }
      />
      {count !== undefined && count > shownHosts && (
        <p className={styles.more}>
          <Link to="/hosts" search={{ software_version_id: id }}>
            Show all {counted(count, 'host')}
          </Link>
        </p>
      )}
    </section>
  );
}

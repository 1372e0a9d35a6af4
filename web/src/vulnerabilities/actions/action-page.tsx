import { type Action, type ActionVulnerability, actionVulnerabilities, getAction } from '@flotilla/contract/actions';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiError } from '../../api/api-error.ts';
import { ask, liveList, liveMs } from '../../api/queries.ts';
import { useFleetId } from '../../fleets/use-fleet.ts';
import type { Column } from '../../pieces/column.ts';
import { Empty } from '../../pieces/empty.tsx';
import { useListState } from '../../pieces/list-state.ts';
import { Page } from '../../pieces/page.tsx';
import { PagedList } from '../../pieces/paged-list.tsx';
import { Trouble } from '../../pieces/trouble.tsx';
import { counted, number } from '../../pieces/words.ts';
import { RolloutButton } from '../../updates/rollout-button.tsx';
import { ExploitedMark } from '../exploited-mark.tsx';
import findings from '../findings.module.css';
import { actionId } from '../search.ts';
import { SeverityMark } from '../severity-mark.tsx';
import styles from '../update-section.module.css';
import { ActionButton } from './action-button.tsx';
import { effectWords, updateWords } from './action-words.ts';
import { DueTime } from './due-time.tsx';

const route = getRouteApi('/frame/vulnerabilities/actions/$id');

/** One action: what it does, the packages that do it, and the vulnerabilities behind its figures. */
export function ActionPage() {
  const id = actionId(route.useParams().id);
  const fleet_id = useFleetId();
  const asked = useQuery({ ...ask(getAction, { params: { id }, query: { fleet_id } }), refetchInterval: liveMs });
  const action = asked.data?.action;
  const above = <Link to="/vulnerabilities">Vulnerabilities</Link>;
  if (asked.error && !action) {
    const isGone = asked.error instanceof ApiError && asked.error.status === 404;
    return (
      <Page title="Action" above={above}>
        {isGone ? (
          <Empty title="No host needs this any more">
            <Link to="/vulnerabilities">See what is left to do</Link>
          </Empty>
        ) : (
          <Trouble what="The action could not be loaded" error={asked.error} retry={() => void asked.refetch()} />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={action && (action.fix_version === null ? action.name : `Update ${updateWords(action)}`)}
      above={above}
      sentence={action && <Sentence action={action} />}
      actions={action && action.packages.length < 2 && <ActionButton action={action} />}
    >
      {action && action.packages.length > 1 && <Packages action={action} />}
      <Vulnerabilities id={id} />
    </Page>
  );
}

function Sentence({ action }: { action: Action }) {
  return (
    <>
      {effectWords(action)}
      {action.unfixed_count > 0 && `; ${counted(action.unfixed_count, 'finding')} would stay`}.{' '}
      <Link to="/hosts" search={{ action_id: action.id }}>
        See the {counted(action.hosts_count, 'host')}
      </Link>
    </>
  );
}

function Packages({ action: { packages } }: { action: Action }) {
  return (
    <ul className={`panel ${styles.proposals}`} style={{ marginBottom: 24 }}>
      {packages.map(({ title_id, title, installer_id, name, version }) => (
        <li key={title_id} data-row="">
          <div>
            <Link to="/software/titles/$id" params={{ id: `${title_id}` }}>
              {title}
            </Link>
            <p className="quiet">{name}</p>
          </div>
          <RolloutButton target={{ title_id, title, installer_id }}>{`Update to ${version}`}</RolloutButton>
        </li>
      ))}
    </ul>
  );
}

const columns: readonly Column<ActionVulnerability>[] = [
  {
    key: 'cve',
    title: 'CVE',
    width: '22%',
    card: 'lead',
    cell: ({ cve }) => (
      <Link to="/vulnerabilities/$cve" params={{ cve }}>
        {cve}
      </Link>
    ),
  },
  {
    key: 'severity',
    title: 'CVSS',
    width: '16%',
    cell: ({ cvss_score, severity }) => <SeverityMark score={cvss_score} level={severity} />,
  },
  {
    key: 'exploited',
    title: 'Exploitation',
    width: '18%',
    cell: ({ cisa_known_exploit: is }) => <ExploitedMark is={is} />,
  },
  { key: 'due', title: 'Due', width: '16%', cell: ({ due_at }) => <DueTime at={due_at} /> },
  {
    key: 'hosts',
    title: 'Hosts',
    numeric: true,
    width: '14%',
    cell: ({ cve, hosts_count }) => (
      <Link to="/hosts" search={{ vulnerability: cve }} title="All hosts that have it, also by other software">
        {number(hosts_count)}
      </Link>
    ),
  },
  { key: 'stays', title: 'Stays on', numeric: true, width: '14%', cell: ({ unfixed_count }) => number(unfixed_count) },
];

function Vulnerabilities({ id }: { id: number }) {
  const fleet_id = useFleetId();
  const list = useListState(route.useSearch());
  const { page, per_page } = list;
  const asked = useQuery({
    ...ask(actionVulnerabilities, { params: { id }, query: { fleet_id, page, per_page } }),
    ...liveList,
  });
  return (
    <section className={findings.section}>
      <h2>Vulnerabilities behind it</h2>
      <PagedList
        list={list}
        total={asked.data?.count}
        what="vulnerabilities"
        asked={asked}
        rows={asked.data?.vulnerabilities}
        rowKey={({ cve }) => cve}
        columns={columns}
        empty={<Empty title="Nothing is left of it" />}
      />
    </section>
  );
}

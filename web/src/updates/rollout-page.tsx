import type { Rollout } from '@flotilla/contract/updates';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { quickMs } from '../api/queries.ts';
import { Page } from '../pieces/page.tsx';
import { PanelSkeleton } from '../pieces/panel-skeleton.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { StaleNotice, Trouble } from '../pieces/trouble.tsx';
import { OpenTask } from '../tasks/task-link.tsx';
import { RingPanel } from './ring-panel.tsx';
import styles from './rollout.module.css';
import { RolloutControls } from './rollout-controls.tsx';
import { RolloutHosts } from './rollout-hosts.tsx';
import { rolloutQuery } from './rollout-query.ts';
import { isOver, rolloutProgress } from './rollout-words.ts';

const route = getRouteApi('/frame/updates/rollouts/$id');

/** One rollout: how far each ring is, what it waits for, and how to stop it. */
export function RolloutPage() {
  const id = Number(route.useParams().id);
  const { task } = route.useSearch();
  const navigate = route.useNavigate();
  const asked = useQuery({
    ...rolloutQuery(id),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.rollout) ? false : quickMs),
  });
  const rollout = asked.data?.rollout;
  const above = <Link to="/updates">Updates</Link>;
  const retry = () => void asked.refetch();
  if (asked.error && !rollout) {
    return (
      <Page title="Rollout" above={above}>
        <Trouble what="The rollout could not be loaded" error={asked.error} retry={retry} />
      </Page>
    );
  }
  return (
    <Page title={rollout?.name} above={above} sentence={rollout && <About rollout={rollout} />}>
      {asked.error && rollout && <StaleNotice error={asked.error} retry={retry} />}
      {rollout ? (
        <>
          <RolloutControls rollout={rollout} />
          <div className={styles.rings}>
            {rollout.rings.map((ring) => (
              <RingPanel key={ring.no} ring={ring} />
            ))}
          </div>
        </>
      ) : (
        <PanelSkeleton lines={8} />
      )}
      <RolloutHosts id={id} isLive={rollout !== undefined && !isOver(rollout)} rings={rollout?.rings.length ?? 0} />
      <OpenTask id={task} close={() => void navigate({ search: (before) => ({ ...before, task: undefined }) })} />
    </Page>
  );
}

function About({ rollout }: { rollout: Rollout }) {
  return (
    <>
      <Link to="/software/titles/$id" params={{ id: `${rollout.title_id}` }}>
        {rollout.title}
      </Link>{' '}
      {rollout.version} {rolloutProgress(rollout)}
      {rollout.cve && (
        <>
          . For{' '}
          <Link to="/vulnerabilities/$cve" params={{ cve: rollout.cve }}>
            {rollout.cve}
          </Link>
        </>
      )}
      . Started by {rollout.created_by} <TimeAgo at={rollout.created_at} />
      {rollout.ended_at && (
        <>
          , ended <TimeAgo at={rollout.ended_at} />
        </>
      )}
    </>
  );
}

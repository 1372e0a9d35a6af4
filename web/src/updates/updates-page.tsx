import { listBehind, listRollouts } from '@flotilla/contract/updates';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ask, liveList } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { Page } from '../pieces/page.tsx';
import { BehindList } from './behind-list.tsx';
import { RolloutList } from './rollout-list.tsx';
import { updatesSentence } from './updates-sentence.ts';

const route = getRouteApi('/frame/updates');

/** What is behind, and what moves. */
export function UpdatesPage() {
  const fleet_id = useFleetId();
  const search = route.useSearch();
  const running = useQuery({ ...ask(listRollouts, { query: { state: 'running', per_page: 1 } }), ...liveList });
  const behind = useQuery({ ...ask(listBehind, { query: { fleet_id, per_page: 1 } }), ...liveList });
  return (
    <Page title="Updates" sentence={updatesSentence(behind.data?.count, running.data?.count)}>
      {search.show !== 'rollouts' && <BehindList search={search} />}
      <RolloutList search={search} />
    </Page>
  );
}

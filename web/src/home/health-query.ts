import { dataHealth } from '@flotilla/contract/data-health';
import { useQuery } from '@tanstack/react-query';
import { ask, liveMs } from '../api/queries.ts';
import { feedsQuery } from '../feeds/feeds-query.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { awaited } from './awaited.ts';

/** It reads all that is known of software, so it is asked seldom once that is judged. */
const calmMs = 60_000;

export const healthQuery = (fleet_id?: number) => ({
  ...ask(dataHealth, { query: { fleet_id } }),
  refetchInterval: ({ state: { data } }: { state: { data?: { is_settled: boolean } | undefined } }) =>
    data?.is_settled ? calmMs : liveMs,
});

/** What is awaited before anything urgent can be told, as a sentence; null: nothing; undefined: not known yet. */
export function useAwaited(): string | null | undefined {
  const health = useQuery(healthQuery(useFleetId()));
  const feeds = useQuery({ ...feedsQuery, refetchInterval: liveMs });
  return health.data && feeds.data && awaited(health.data, feeds.data.feeds);
}

import { countHosts } from '@flotilla/contract/hosts';
import type { QueryOf } from '@flotilla/contract/route';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask, liveMs } from '../api/queries.ts';

export interface HostCounts {
  all: number | undefined;
  online: number | undefined;
  matching: number | undefined;
}

/** How many hosts of the fleet there are, how many are online, and how many the filters find. */
export function useHostCounts(filters: QueryOf<typeof countHosts>, fleet_id?: number): HostCounts {
  const live = { refetchInterval: liveMs, placeholderData: keepPreviousData };
  const all = useQuery({ ...ask(countHosts, { query: { fleet_id } }), ...live });
  const online = useQuery({ ...ask(countHosts, { query: { fleet_id, status: 'online' } }), ...live });
  const matching = useQuery({ ...ask(countHosts, { query: filters }), ...live });
  return { all: all.data?.count, online: online.data?.count, matching: matching.data?.count };
}

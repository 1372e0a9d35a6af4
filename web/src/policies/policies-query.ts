import { fleetPolicies, listAllPolicies, type Policy } from '@flotilla/contract/policies';
import type { QueryOf } from '@flotilla/contract/route';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/call.ts';

/** Policies by a list's question: of one fleet together with those it inherits, or all that the person reads. */
export const policiesQuery = (fleet_id: number | undefined, query: QueryOf<typeof listAllPolicies>) =>
  queryOptions<{ policies: Policy[]; count: number }>({
    queryKey: [listAllPolicies.path, fleet_id ?? null, query ?? null],
    queryFn: async ({ signal }) => {
      if (fleet_id === undefined) return call(listAllPolicies, { query, signal });
      const params = { fleet_id };
      const merged = { merge_inherited: true };
      const [{ policies }, { count }] = await Promise.all([
        call(fleetPolicies.list, { params, query: { ...query, ...merged }, signal }),
        call(fleetPolicies.count, { params, query: { query: query?.query, ...merged }, signal }),
      ]);
      return { policies, count };
    },
  });

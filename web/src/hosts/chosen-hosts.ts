import { type Host, reportHosts } from '@flotilla/contract/hosts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, unreachable } from '../api/api-error.ts';
import { addressOf } from '../api/call.ts';
import type { Selection } from '../pieces/column.ts';
import type { HostFilter } from './search.ts';

/** Hosts that are chosen: some by their ids, or all that the filters find. */
export interface Chosen {
  ids: ReadonlySet<number>;
  isAll: boolean;
}

export const nobody: Chosen = { ids: new Set(), isAll: false };

/** Some rows more, or some less; one less of all that match leaves the rest of the page. */
export function choose(
  before: Chosen,
  page: readonly number[],
  change: { ids: readonly number[]; chosen: boolean },
): Chosen {
  const ids = new Set(before.isAll ? page : before.ids);
  for (const id of change.ids) {
    if (change.chosen) ids.add(id);
    else ids.delete(id);
  }
  return { ids, isAll: false };
}

/** The choice of a list, forgotten when other hosts are asked for. */
export function useChosen(question: string, page: readonly Host[]) {
  const [state, setState] = useState({ question, chosen: nobody });
  const chosen = state.question === question ? state.chosen : nobody;
  const set = (next: Chosen) => setState({ question, chosen: next });
  const selection: Selection<Host> = {
    has: ({ id }) => chosen.isAll || chosen.ids.has(id),
    set: (rows, isChosen) =>
      set(
        choose(
          chosen,
          page.map(({ id }) => id),
          { ids: rows.map(({ id }) => id), chosen: isChosen },
        ),
      ),
    name: ({ display_name }) => display_name,
  };
  return { chosen, set, selection };
}

type Filter = HostFilter & { fleet_id?: number };

/** The ids of every host the filters find at this moment. */
async function readIds(filter: Filter, signal: AbortSignal): Promise<number[]> {
  const address = addressOf(reportHosts.path, undefined, { ...filter, format: 'csv', columns: 'id' });
  const answer = await fetch(address, { signal, credentials: 'same-origin' }).catch((error) => {
    throw signal.aborted ? error : unreachable();
  });
  const text = await answer.text();
  if (!answer.ok) throw ApiError.of(answer.status, text);
  return text.split(/\r?\n/).slice(1).filter(Boolean).map(Number);
}

/** The ids of the chosen hosts: fixed from when they are asked for, so that what is confirmed is what is done. */
export function useChosenIds(chosen: Chosen, filter: Filter) {
  const asked = useQuery({
    queryKey: ['chosen hosts', filter],
    queryFn: ({ signal }) => readIds(filter, signal),
    enabled: chosen.isAll,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return chosen.isAll ? asked : { data: [...chosen.ids], error: null };
}

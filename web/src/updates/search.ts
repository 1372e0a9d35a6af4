import { rolloutStates } from '@flotilla/contract/updates';
import { type ListSearch, oneOf, readListSearch, wholeNumber } from '../pieces/url-state.ts';
import { readTask } from '../tasks/task-search.ts';

type Raw = Record<string, unknown>;

const readPage = (raw: Raw): Pick<ListSearch, 'page' | 'per_page'> => {
  const { page, per_page } = readListSearch(raw, []);
  return { page, per_page };
};

export interface UpdatesSearch extends ListSearch {
  show?: 'rollouts';
  state?: (typeof rolloutStates)[number];
}

/** What the page of updates keeps in the address. */
export const readUpdatesSearch = (raw: Raw): UpdatesSearch => ({
  ...readPage(raw),
  show: oneOf(raw.show, ['rollouts']),
  state: oneOf(raw.state, rolloutStates),
});

export const hostPlaces = [
  'waiting',
  'queued',
  'running',
  'reported',
  'verified',
  'failed',
  'cancelled',
  'already',
] as const;

export interface RolloutSearch extends ListSearch {
  ring?: number;
  place?: (typeof hostPlaces)[number];
  task?: string;
}

/** What the page of a rollout keeps in the address: which of its hosts are shown, and whose result is open. */
export const readRolloutSearch = (raw: Raw): RolloutSearch => ({
  ...readPage(raw),
  ...readTask(raw),
  ring: wholeNumber(raw.ring, 1),
  place: oneOf(raw.place, hostPlaces),
});

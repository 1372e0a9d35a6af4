import { endOfLifeOrderKeys } from '@flotilla/contract/end-of-life';
import { titleOrderKeys } from '@flotilla/contract/software';
import { day, type ListSearch, readListSearch, text, wholeNumber } from '../pieces/url-state.ts';

export interface TitlesSearch extends ListSearch {
  order_key?: (typeof titleOrderKeys)[number];
  source?: string;
}

/** What the list of titles keeps in the address. */
export const readTitlesSearch = (raw: Record<string, unknown>): TitlesSearch => ({
  ...readListSearch(raw, titleOrderKeys),
  source: text(raw.source, 64),
});

export interface EndsSearch extends ListSearch {
  order_key?: (typeof endOfLifeOrderKeys)[number];
  /** Also what ends within so many days. */
  within_days?: number;
}

export const readEndsSearch = (raw: Record<string, unknown>): EndsSearch => ({
  ...readListSearch(raw, endOfLifeOrderKeys),
  within_days: wholeNumber(raw.within_days, 1, 3_650),
});

export interface ChangesSearch extends ListSearch {
  /** Days in UTC. */
  from?: string;
  to?: string;
}

export const readChangesSearch = (raw: Record<string, unknown>): ChangesSearch => ({
  ...readListSearch(raw, []),
  from: day(raw.from),
  to: day(raw.to),
});

import { titleOrderKeys } from '@flotilla/contract/software';
import { type ListSearch, readListSearch, text } from '../pieces/url-state.ts';

export interface TitlesSearch extends ListSearch {
  order_key?: (typeof titleOrderKeys)[number];
  source?: string;
}

/** What the list of titles keeps in the address. */
export const readTitlesSearch = (raw: Record<string, unknown>): TitlesSearch => ({
  ...readListSearch(raw, titleOrderKeys),
  source: text(raw.source, 64),
});

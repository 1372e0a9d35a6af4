import { day, type ListSearch, text } from '../pieces/url-state.ts';

export interface ActivitySearch extends ListSearch {
  type?: string;
  /** Days, both included. */
  from?: string;
  to?: string;
}

/** What the activity keeps in the address. */
export const readActivitySearch = (raw: Record<string, unknown>): ActivitySearch => ({
  query: text(raw.query),
  type: text(raw.type, 100),
  from: day(raw.from),
  to: day(raw.to),
});

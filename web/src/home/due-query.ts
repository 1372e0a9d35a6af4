import { dueSummary } from '@flotilla/contract/due';
import { ask, liveList } from '../api/queries.ts';

/** How much is overdue, and due within three days. */
export const dueQuery = (fleet_id?: number) => ({
  ...ask(dueSummary, { query: { fleet_id, within_days: 3 } }),
  ...liveList,
});

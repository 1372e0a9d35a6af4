import { getRollout } from '@flotilla/contract/updates';
import { ask } from '../api/queries.ts';

/** The question for one rollout. */
export const rolloutQuery = (id: number) => ask(getRollout, { params: { id } });

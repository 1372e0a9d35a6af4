import { getAnyPolicy } from '@flotilla/contract/policies';
import { ask } from '../api/queries.ts';

/** The question for one policy, wherever it belongs. */
export const policyQuery = (policy_id: number) => ask(getAnyPolicy, { params: { policy_id } });

import type { Domain } from '../kernel/domain.ts';
import { routes } from './routes.ts';

export { recordActivity } from './record-activity.ts';
export { type ChainState, verifyChain } from './verify-chain.ts';

export const activity: Domain = { name: 'activity', routes };

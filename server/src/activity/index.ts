import type { Domain } from '../kernel/domain.ts';
import { expireActivities } from './expire-activities.ts';
import { routes } from './routes.ts';

export { recordActivity } from './record-activity.ts';
export { type ChainState, verifyChain } from './verify-chain.ts';

export const activity: Domain = {
  name: 'activity',
  routes,
  schedules: [{ name: 'expire-activities', cron: '37 2 * * *', run: expireActivities }],
};

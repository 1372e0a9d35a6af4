import type { Domain } from '../kernel/domain.ts';

export { recordActivity } from './record-activity.ts';

export const activity: Domain = { name: 'activity' };

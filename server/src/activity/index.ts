import type { Domain } from '../kernel/domain.ts';
import { routes } from './routes.ts';

export { recordActivity } from './record-activity.ts';

export const activity: Domain = { name: 'activity', routes };

import type { Domain } from '../kernel/domain.ts';
import { routes } from './routes.ts';
import { sweepSessions } from './sessions.ts';

export { findPerson } from './sessions.ts';
export { readSetUpToken } from './set-up.ts';

export const accounts: Domain = {
  name: 'accounts',
  routes,
  schedules: [{ name: 'sweep-sessions', cron: '17 * * * *', run: sweepSessions }],
};

import type { Domain } from '../kernel/domain.ts';
import { forgetFleet } from './fleet-users.ts';
import { routes } from './routes.ts';
import { sweepExpired } from './sessions.ts';

export { findAccountId, makePasswordReset } from './reset-password.ts';
export { findPerson } from './sessions.ts';
export { readSetUpToken } from './set-up.ts';

export const accounts: Domain = {
  name: 'accounts',
  routes,
  schedules: [{ name: 'sweep-sessions', cron: '17 * * * *', run: sweepExpired }],
  transactionListeners: { fleetDeleting: (tx, ctx, { fleetId }) => forgetFleet(ctx, tx, fleetId) },
};

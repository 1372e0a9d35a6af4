import type { Domain } from '../kernel/domain.ts';
import { routes } from './routes.ts';

export { checkEnrolSecret, ensureEnrolSecret, listEnrolSecrets } from './enrol-secrets.ts';
export { isFleet } from './fleet.ts';
export { type FleetScope, readScope } from './scope.ts';
export const fleets: Domain = {
  name: 'fleets',
  routes,
  sealedColumns: [{ table: 'fleets.enrol_secret', key: 'id', column: 'secret_encrypted' }],
};

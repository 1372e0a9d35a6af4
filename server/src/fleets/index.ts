import type { Domain } from '../kernel/domain.ts';
import { routes } from './routes.ts';

export {
  ensureEnrolSecret,
  type HeldSecret,
  holdEnrolSecret,
  listEnrolSecrets,
  useEnrolSecret,
} from './enrol-secrets.ts';
export type {} from './events.ts';
export { isFleet, namesOf } from './fleet.ts';
export { type AgentOptions, forgetHostSettings, type HostSettings, readHostSettings } from './host-settings.ts';
export { getFleet } from './list-fleets.ts';
export { holdFleet, readExpiryWindows } from './queries.ts';
export { closeFleet, removeFleet } from './remove-fleet.ts';
export { type FleetScope, readScope } from './scope.ts';
export const fleets: Domain = {
  name: 'fleets',
  routes,
  sealedColumns: [{ table: 'fleets.enrol_secret', key: 'id', column: 'secret_encrypted' }],
};

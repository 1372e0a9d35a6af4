import type { Context } from '../kernel/context.ts';
import type { Domain } from '../kernel/domain.ts';
import { createLabelAsking } from './ask-labels.ts';
import { detailQueries } from './detail-queries.ts';
import { expireHosts } from './expire-hosts.ts';
import { forgetFleet } from './queries/change.ts';
import { createDetailRecorder } from './record-details.ts';
import { routes } from './routes.ts';

export {
  createInventoryCounter,
  findHostByNodeKey,
  finishInventory,
  type InventoryCounter,
} from './asked-inventory.ts';
export { recordDeviceToken } from './device-token.ts';
export { enrolHost } from './enrol-host.ts';
export type { DeletedHost, MovedHost } from './events.ts';
export { osText } from './host.ts';
export { recordHostProblem } from './host-problem.ts';
export { permitLabel } from './label.ts';
export { listHosts } from './list-hosts.ts';
export { permitHost } from './permit-host.ts';
export { type LockedHost, lockHosts } from './queries/details.ts';
export type { EnrolledKey, KeyKind } from './queries/enrolment.ts';
export { findLabel } from './queries/labels.ts';
export { findHost, listHostProblems, readHost, readHostPage } from './read-host.ts';
export { recordAgent } from './record-agent.ts';
export { requestInventory } from './refetch-host.ts';
export { type SeenBuffer, startSeenBuffer } from './seen-buffer.ts';
export { rekeyHost } from './split-host.ts';
export { type MobileDevice, takeMobileDevice } from './take-mobile-device.ts';
export { toPatchSet, toWindowsVersion, windowsVersionSql } from './windows-version.ts';

/** `system` is what batches run with: they hold answers of many hosts. */
export function createHosts(system: Context): Domain {
  const details = createDetailRecorder(system);
  const labels = createLabelAsking();
  return {
    name: 'hosts',
    routes,
    hostQueries: detailQueries,
    dueQueries: labels.due,
    async receiveAnswers(ctx, answers) {
      await details.record(ctx, answers);
      await labels.take(ctx, answers);
    },
    transactionListeners: { fleetDeleting: async (tx, _ctx, { fleetId }) => void (await forgetFleet(tx, fleetId)) },
    listeners: {
      hostsMoved: async (_ctx, { moves }) => labels.forget(moves.map((move) => move.hostId)),
      hostsDeleted: async (_ctx, { hosts }) => labels.forget(hosts.map((host) => host.hostId)),
    },
    schedules: [{ name: 'expire-hosts', cron: '29 * * * *', run: expireHosts }],
  };
}

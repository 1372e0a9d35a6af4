import type { Domain } from '../kernel/domain.ts';
import { detailQueries } from './detail-queries.ts';
import { recordDetails } from './record-details.ts';
import { routes } from './routes.ts';

export { findHostByNodeKey, finishInventory, nextInventory } from './asked-inventory.ts';
export { enrolHost } from './enrol-host.ts';
export { osText } from './host.ts';
export { recordHostProblem } from './host-problem.ts';
export { type LockedHost, lockHosts } from './queries/details.ts';
export type { EnrolledKey, KeyKind } from './queries/enrolment.ts';
export { listHostProblems, readHost } from './read-host.ts';
export { recordAgent } from './record-agent.ts';
export { requestInventory } from './refetch-host.ts';
export { type SeenBuffer, startSeenBuffer } from './seen-buffer.ts';

export const hosts: Domain = {
  name: 'hosts',
  routes,
  hostQueries: detailQueries,
  receiveAnswers: recordDetails,
};

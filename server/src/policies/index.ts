import type { Domain } from '../kernel/domain.ts';
import { askHost } from './ask-host.ts';
import { refuseLastPackage } from './delete-policies.ts';
import { createHostRuns } from './host-runs.ts';
import { judgeChanges, judgeMerged, judgeReceived } from './judge-versions.ts';
import { dropHosts, followHosts } from './move-hosts.ts';
import { createPolicyCache } from './policy-cache.ts';
import { passFence } from './queries/changes.ts';
import { routes } from './routes.ts';
import { takeAnswers } from './take-answers.ts';

export type {} from './events.ts';

export function createPolicies(): Domain {
  const cache = createPolicyCache();
  const runs = createHostRuns();
  return {
    name: 'policies',
    routes,
    dueQueries: (ctx, host) => askHost(ctx, { cache, runs }, host),
    receiveAnswers: (ctx, answers) => takeAnswers(ctx, runs, answers),
    transactionListeners: {
      hostInventoryChanged: judgeChanges,
      packagesDeleting: refuseLastPackage,
      titlesMerged: judgeMerged,
      hostsChanging: async (tx) => void (await passFence(tx)),
      hostsMoved: followHosts,
      hostsDeleted: dropHosts,
    },
    listeners: {
      policiesChanged: async () => cache.forget(),
      hostsMoved: async (_ctx, { moves }) => runs.forget(moves.map((move) => move.hostId)),
      hostsDeleted: async (_ctx, { hosts }) => runs.forget(hosts.map((host) => host.hostId)),
      inventoryReceived: (ctx, payload) => judgeReceived(ctx, cache, payload),
    },
  };
}

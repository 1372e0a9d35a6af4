import type { Domain } from '../kernel/domain.ts';
import { askHost } from './ask-host.ts';
import { refuseLastPackage } from './delete-policies.ts';
import { createHostRuns } from './host-runs.ts';
import { judgeChanges, judgeReceived } from './judge-versions.ts';
import { createPolicyCache } from './policy-cache.ts';
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
    transactionListeners: { hostInventoryChanged: judgeChanges, packagesDeleting: refuseLastPackage },
    listeners: {
      policiesChanged: async () => cache.forget(),
      inventoryReceived: (ctx, payload) => judgeReceived(ctx, cache, payload),
    },
  };
}

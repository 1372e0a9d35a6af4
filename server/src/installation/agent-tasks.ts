import type { AgentTasks } from '../kernel/agent-tasks.ts';
import { offerTasks } from './offer-tasks.ts';
import { readPackages } from './queries/packages.ts';
import { findActive } from './queries/tasks.ts';
import { takeReports } from './take-reports.ts';

/** The queue as agents see it. */
export const agentTasks: AgentTasks = {
  take: takeReports,
  offer: offerTasks,
  async openPackage(ctx, hostId, sha256) {
    const task = await findActive(ctx.db, hostId);
    if (task?.state !== 'running' || task.package_id === null) return null;
    const [of] = await readPackages(ctx.db, [task.package_id]);
    return of?.sha256 === sha256 ? ctx.store.open(sha256) : null;
  },
};

import type { Domain } from '../kernel/domain.ts';
import { agentTasks } from './agent-tasks.ts';
import { keepTasksMoving, watchStop } from './keep-tasks-moving.ts';
import { routes } from './routes.ts';
import { forgetOldTasks, sweepStore } from './sweep-store.ts';
import { verifyTasks } from './verify-tasks.ts';

export type {} from './events.ts';
export { choosePackage, newestPackages, readPackage } from './library.ts';
export { orbitTasks } from './orbit-tasks.ts';
export { comparePackageVersions, type PackageRow } from './package.ts';
export { queueTasks } from './queue-tasks.ts';
export { cancelRolloutTasks, holdRolloutTasks } from './rollout-tasks.ts';
export { sweepTasks } from './sweep-tasks.ts';
export type { NewTask, Requester } from './task.ts';

export const installation: Domain = {
  name: 'installation',
  routes,
  agentTasks,
  listeners: { inventoryReceived: verifyTasks },
  loops: [keepTasksMoving, watchStop],
  schedules: [
    { name: 'sweep-package-store', cron: '29 4 * * *', run: sweepStore },
    { name: 'forget-old-tasks', cron: '37 4 * * *', run: forgetOldTasks },
  ],
};

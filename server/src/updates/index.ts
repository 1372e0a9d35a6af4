import type { Domain } from '../kernel/domain.ts';
import { refuseUsedPackages } from './create-rollout.ts';
import { createRolloutMover } from './keep-rollouts-moving.ts';
import { routes } from './routes.ts';

export function createUpdates(): Domain {
  const mover = createRolloutMover();
  return {
    name: 'updates',
    routes,
    loops: [mover.loop],
    transactionListeners: { packagesDeleting: refuseUsedPackages },
    listeners: {
      tasksEnded: async (_ctx, { tasks }) => mover.poke([...new Set(tasks.flatMap((task) => task.rolloutId ?? []))]),
    },
  };
}

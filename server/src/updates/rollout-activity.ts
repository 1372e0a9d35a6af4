import { recordActivity } from '../activity/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db/database.ts';
import type { RolloutRow } from './queries/rollouts.ts';

interface Happened {
  type:
    | 'started_rollout'
    | 'paused_rollout'
    | 'resumed_rollout'
    | 'aborted_rollout'
    | 'halted_rollout'
    | 'finished_rollout';
  rollout: RolloutRow;
  details?: Record<string, unknown>;
}

/** Writes down what became of a rollout, and by whom. */
export const recordRolloutActivity = (ctx: Context, tx: Tx, { type, rollout, details }: Happened): Promise<void> =>
  recordActivity(ctx, tx, {
    type,
    details: {
      rollout_id: rollout.id,
      rollout_name: rollout.name,
      software_title: rollout.title,
      software_title_id: rollout.title_id,
      software_package: rollout.file_name,
      version: rollout.version,
      cve: rollout.vulnerability,
      team_id: rollout.fleet_id,
      team_name: rollout.fleet_name,
      fleet_id: rollout.fleet_id,
      fleet_name: rollout.fleet_name,
      ...details,
    },
  });

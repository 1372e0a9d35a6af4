import { recordActivity } from '../activity/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db/database.ts';
import { readFleetName } from './queries/changes.ts';

/** Writes down who did what to a policy. */
export async function recordPolicyActivity(
  ctx: Context,
  tx: Tx,
  { type, id, name, fleetId }: { type: string; id: number; name: string; fleetId: number | null },
): Promise<void> {
  const fleetName = fleetId ? await readFleetName(tx, fleetId) : null;
  const fleet = { team_id: fleetId, team_name: fleetName, fleet_id: fleetId, fleet_name: fleetName };
  await recordActivity(ctx, tx, { type, details: { policy_id: id, policy_name: name, ...fleet } });
}

/** After the commit: what is remembered is old, and hosts that are there answer at once. */
export async function announce(ctx: Context, { isAboutQuestions }: { isAboutQuestions: boolean }): Promise<void> {
  await ctx.events.afterCommit(ctx, { name: 'policiesChanged', payload: { isAboutQuestions } });
  if (isAboutQuestions) ctx.nudges.send('all');
}

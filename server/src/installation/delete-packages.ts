import { recordActivity } from '../activity/index.ts';
import { readScope } from '../fleets/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { notFound } from '../kernel/errors.ts';
import { packageDetails } from './activity-details.ts';
import { cancelTasks } from './cancel-tasks.ts';
import { noteEnds, publishEnds } from './end-tasks.ts';
import * as packages from './queries/packages.ts';
import { findOpen } from './queries/tasks.ts';

/**
 * Takes packages of a title out of the library: all, or one. What waits for them is cancelled; what is installed stays.
 * @throws AppError `not_found`, or what those who use them refuse with
 */
export async function deletePackages(
  ctx: Context,
  { titleId, packageId, ...query }: { titleId: number; packageId?: number; fleet_id?: number; team_id?: number },
): Promise<void> {
  const { fleetIds } = await readScope(ctx, 'software:write', query);
  const by = ctx.actor.kind === 'person' ? ctx.actor.name : 'Flotilla';
  const cancelled = await inTransaction(ctx, async (tx) => {
    await packages.lockPackages(tx);
    const all = await packages.readPackagesOfTitles(tx, [titleId]);
    const gone = all.filter(
      (one) =>
        (packageId === undefined || one.id === packageId) && (fleetIds === null || fleetIds.includes(one.fleet_id)),
    );
    if (gone.length === 0) throw notFound(`A package of title ${titleId}`);
    const packageIds = gone.map((one) => one.id);
    await ctx.events.inTransaction(tx, ctx, {
      name: 'packagesDeleting',
      payload: { titleId, packageIds, isLast: gone.length === all.length },
    });
    await packages.deletePackages(tx, packageIds, ctx.clock());
    const open = await findOpen(tx, { packageIds });
    const result = await cancelTasks(ctx, tx, { tasks: open, by, reason: 'its package was deleted' });
    await noteEnds(ctx, tx, result.cancelled);
    for (const one of gone) await recordActivity(ctx, tx, { type: 'deleted_software', details: packageDetails(one) });
    return result.cancelled;
  });
  await publishEnds(ctx, cancelled);
}

import type { Context } from '../kernel/context.ts';
import { readServerSettings } from '../kernel/server-settings.ts';
import { deleteActivitiesBefore } from './queries.ts';

const DAY = 86_400_000;

/** Forgets activities older than the server is set to keep them; unless it is set, never. */
export async function expireActivities(ctx: Context): Promise<void> {
  const { activityExpiryDays } = await readServerSettings(ctx);
  if (activityExpiryDays === null) return;
  await deleteActivitiesBefore(ctx.db, new Date(ctx.clock().getTime() - activityExpiryDays * DAY));
}

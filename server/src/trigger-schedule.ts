import { recordActivity } from './activity/index.ts';
import { permit } from './kernel/access.ts';
import type { Context } from './kernel/context.ts';
import { inTransaction } from './kernel/db/database.ts';
import { AppError } from './kernel/errors.ts';

/** What clients of Fleet's API call schedules, and what does the same here. */
const ALIASES: Record<string, readonly string[]> = {
  vulnerabilities: ['update-feeds'],
  cleanups_then_aggregation: [
    'sweep-sessions',
    'expire-activities',
    'expire-hosts',
    'keep-months',
    'recount',
    'recount-vulnerabilities',
  ],
};

export interface Schedules {
  names: readonly string[];
  /** Resolves when it is on its way. */
  run(name: string): Promise<void>;
}

/**
 * Does now what is done by a schedule.
 * @throws AppError `not_found` that names the schedules there are
 */
export async function triggerSchedule(ctx: Context, schedules: Schedules, name: string): Promise<void> {
  permit(ctx.actor, 'server:write');
  const wanted = (ALIASES[name] ?? [name]).filter((one) => schedules.names.includes(one));
  if (wanted.length === 0) {
    const known = [...Object.keys(ALIASES), ...schedules.names].sort().join(', ');
    throw new AppError('not_found', { name: 'name', reason: `There is no schedule ${name}: use one of ${known}` });
  }
  const details = { name, schedules: wanted };
  await inTransaction(ctx, (tx) => recordActivity(ctx, tx, { type: 'triggered_schedule', details }));
  for (const one of wanted) await schedules.run(one);
}

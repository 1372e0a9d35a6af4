import type { Context } from '../kernel/context.ts';
import { createMonth, dropMonth, listMonths, type Month } from './queries/partitions.ts';

/** How long the past is kept. */
export const RETENTION_DAYS = 400;
const PREFIX = 'host_software_past_';

/** Makes this month's and the next month's partition of the past, and drops those older than the retention. */
export async function keepMonths(ctx: Context): Promise<void> {
  const now = ctx.clock();
  for (const offset of [0, 1]) await createMonth(ctx.db, monthOf(now, offset));
  const oldest = monthOf(new Date(now.getTime() - RETENTION_DAYS * 86_400_000), 0).name;
  for (const name of await listMonths(ctx.db)) {
    if (!/_\d{4}_\d{2}$/.test(name) || name >= oldest) continue;
    await dropMonth(ctx.db, name);
    ctx.log.info({ partition: name, retentionDays: RETENTION_DAYS }, 'past dropped');
  }
}

export function monthOf(date: Date, offset: number): Month {
  const from = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1));
  const until = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset + 1, 1));
  return { name: PREFIX + from.toISOString().slice(0, 7).replace('-', '_'), from, until };
}

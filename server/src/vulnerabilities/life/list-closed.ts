import type { closedFindings } from '@flotilla/contract/finding-life';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readHost } from '../../hosts/index.ts';
import { pageMeta } from '../../inventory/index.ts';
import type { Context } from '../../kernel/context.ts';
import { readClosed } from './queries/closed.ts';

const PAGE = 20;
const DAYS = 90;

/** What a host does not have any more, and how that is known. @throws AppError `not_found` */
export async function listClosed(
  ctx: Context,
  hostId: number,
  { query, page = 0, per_page: limit = PAGE }: QueryOf<typeof closedFindings>,
): Promise<ResponseOf<typeof closedFindings>> {
  await readHost(ctx, hostId);
  const from = new Date(ctx.clock().getTime() - DAYS * 86_400_000);
  const offset = page * limit;
  const { rows, count } = await readClosed(ctx.db, { hostId, from, offset, limit, ...(query && { text: query }) });
  return {
    findings: rows.map((row) => ({
      ...row,
      since: row.since.toISOString(),
      closed_at: row.closed_at.toISOString(),
    })),
    count,
    meta: pageMeta(offset, limit, count),
  };
}

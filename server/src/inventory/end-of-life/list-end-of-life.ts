import type { EndingVersion, listEndOfLife as listRoute } from '@flotilla/contract/end-of-life';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readScope } from '../../fleets/index.ts';
import type { Context } from '../../kernel/context.ts';
import { pageMeta } from '../list-query.ts';
import * as queries from '../queries/end-of-life.ts';
import { dayOf, today, toEndOfLife } from './end-of-life.ts';

const PAGE = 20;
const DAY = 86_400_000;

/** Versions on hosts whose fixes have ended, or end within some days: the first to end first, unless asked otherwise. */
export async function listEndOfLife(
  ctx: Context,
  query: QueryOf<typeof listRoute>,
): Promise<ResponseOf<typeof listRoute>> {
  const { counterId } = await readScope(ctx, 'software:read', query);
  const filter = {
    counterId,
    until: dayOf(new Date(ctx.clock().getTime() + (query.within_days ?? 0) * DAY)),
    ...(query.query && { text: query.query }),
    ...(query.kind && { kind: query.kind }),
  };
  const limit = query.per_page ?? PAGE;
  const offset = (query.page ?? 0) * limit;
  const order = { key: query.order_key ?? 'eol_date', descending: query.order_direction === 'desc', offset, limit };
  const [rows, count, storedAt] = await Promise.all([
    queries.listEnding(ctx.db, filter, order),
    queries.countEnding(ctx.db, filter),
    queries.readStoredAt(ctx.db),
  ]);
  return {
    count,
    data_stored_at: storedAt?.toISOString() ?? null,
    versions: rows.map((row) => toEnding(row, today(ctx))),
    meta: pageMeta(offset, limit, count),
  };
}

const toEnding = (row: queries.EndingRow, day: string): EndingVersion => ({
  version_id: row.version_id,
  title_id: row.title_id,
  name: row.version_name,
  version: row.version,
  source: row.source,
  kind: row.kind,
  hosts_count: row.hosts,
  end_of_life: toEndOfLife(row, day),
});

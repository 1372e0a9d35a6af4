import type { listExceptions as route } from '@flotilla/contract/exceptions';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readScope } from '../../fleets/index.ts';
import { readPage } from '../../inventory/index.ts';
import type { Context } from '../../kernel/context.ts';
import * as queries from '../queries/exception-list.ts';
import { toAnswer } from './exception-answer.ts';

/** Exceptions that count where the actor reads, newest first: those for their fleets, and those for all. */
export async function listExceptions(ctx: Context, query: QueryOf<typeof route>): Promise<ResponseOf<typeof route>> {
  const { fleetIds } = await readScope(ctx, 'software:read', query);
  const filter: queries.ExceptionFilter = {
    fleetIds,
    ...(query.state && { state: query.state }),
    ...(query.cve && { cve: query.cve }),
    ...(query.title_id !== undefined && { titleId: query.title_id }),
    ...(query.host_id !== undefined && { hostId: query.host_id }),
    ...(query.expiring_before && { expiringBefore: new Date(query.expiring_before) }),
  };
  const { order, cut } = readPage(query, { key: 'created_at', descending: true });
  const [found, count] = await Promise.all([
    queries.listExceptions(ctx.db, filter, order),
    queries.countExceptions(ctx.db, filter),
  ]);
  const { rows, meta } = cut(found, (row) => ({ value: row.ordered_by, id: row.id }));
  return { exceptions: rows.map(toAnswer), count, meta };
}

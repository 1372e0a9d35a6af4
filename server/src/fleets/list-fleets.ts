import type { Fleet, listFleets as listRoute } from '@flotilla/contract/fleets';
import type { QueryOf } from '@flotilla/contract/route';
import { isIn } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { toFleetAnswers, visibleFleets } from './fleet.ts';
import { listFleetRows, readFleet } from './queries.ts';

const PAGE = 1_000;

/** The fleets the actor has a role in. */
export async function listFleets(ctx: Context, query: QueryOf<typeof listRoute>): Promise<Fleet[]> {
  const visible = visibleFleets(ctx.actor);
  const limit = query.per_page ?? PAGE;
  const rows = await listFleetRows(ctx.db, {
    visible,
    ...(query.query && { text: query.query }),
    key: query.order_key ?? 'name',
    descending: query.order_direction === 'desc',
    offset: (query.page ?? 0) * limit,
    limit,
  });
  return toFleetAnswers(ctx, rows);
}

/** @throws AppError `not_found`, also for a fleet of others */
export async function getFleet(ctx: Context, id: number): Promise<Fleet> {
  const visible = visibleFleets(ctx.actor);
  const row = isIn(visible, id) ? await readFleet(ctx.db, id) : null;
  const [fleet] = row ? await toFleetAnswers(ctx, [row]) : [];
  if (!fleet) throw notFound(`Fleet ${id}`);
  return fleet;
}

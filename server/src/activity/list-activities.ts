import type { Activity, listActivities as listRoute } from '@flotilla/contract/activities';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { type ActivityRow, readActivities } from './queries.ts';

const PAGE = 20;
type Query = QueryOf<typeof listRoute>;
type Answer = ResponseOf<typeof listRoute>;

/** Who did what, newest first unless asked otherwise. */
export async function listActivities(ctx: Context, query: Query): Promise<Answer> {
  permit(ctx.actor, 'activities:read');
  return list(ctx, query, null);
}

/** What was done on a host. */
export async function listHostActivities(ctx: Context, hostId: number, query: Query): Promise<Answer> {
  permit(ctx.actor, 'hosts:read');
  return list(ctx, query, hostId);
}

async function list(ctx: Context, query: Query, hostId: number | null): Promise<Answer> {
  const limit = query.per_page ?? PAGE;
  const offset = (query.page ?? 0) * limit;
  // One more tells whether there is another page: nobody counts a list that only grows.
  const rows = await readActivities(ctx.db, {
    hostId,
    offset,
    limit: limit + 1,
    ascending: query.order_direction === 'asc',
  });
  return {
    activities: rows.slice(0, limit).map(toActivity),
    meta: { has_next_results: rows.length > limit, has_previous_results: offset > 0 },
  };
}

const toActivity = (row: ActivityRow): Activity => ({
  id: row.id,
  ...(row.actor_id !== null && { actor_id: row.actor_id }),
  actor_full_name: row.actor_name,
  actor_email: row.actor_email,
  actor_gravatar: '',
  actor_api_only: false,
  fleet_initiated: row.actor_id === null,
  created_at: row.at.toISOString(),
  type: row.type,
  details: row.details,
});

import type { Activity, hostActivities as hostRoute, listActivities as listRoute } from '@flotilla/contract/activities';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { permitIn, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor } from '../kernel/cursor.ts';
import { badRequest, notFound } from '../kernel/errors.ts';
import { type ActivityList, type ActivityRow, readActivities, readFleetOfHost } from './queries.ts';

const PAGE = 20;
type Query = QueryOf<typeof listRoute>;
type HostQuery = QueryOf<typeof hostRoute>;
type Answer = ResponseOf<typeof listRoute>;
type Filters = Pick<ActivityList, 'hostId' | 'fleetIds' | 'actor' | 'type' | 'start' | 'end'>;

/** Who did what, newest first unless asked otherwise. Whoever reads some fleets sees what was done in them. */
export async function listActivities(ctx: Context, query: Query): Promise<Answer> {
  const fleets = permitSome(ctx.actor, 'activities:read');
  return list(ctx, query, {
    hostId: null,
    fleetIds: fleets === 'all' ? null : fleets,
    actor: query.query?.trim() || null,
    type: query.activity_type || null,
    start: query.start_created_at ? new Date(query.start_created_at) : null,
    end: query.end_created_at ? new Date(query.end_created_at) : null,
  });
}

/** What was done on a host. */
export async function listHostActivities(ctx: Context, hostId: number, query: HostQuery): Promise<Answer> {
  const thing = `Host ${hostId}`;
  const fleetId = await readFleetOfHost(ctx.db, hostId);
  permitIn(ctx.actor, 'hosts:read', { fleetId, thing });
  if (fleetId === null) throw notFound(thing);
  return list(ctx, query, { hostId, fleetIds: null, actor: null, type: null, start: null, end: null });
}

async function list(ctx: Context, query: HostQuery, filters: Filters): Promise<Answer> {
  const limit = query.per_page ?? PAGE;
  const ascending = query.order_direction === 'asc';
  const order = ascending ? 'activities' : 'activities desc';
  const from = decodeCursor(query.cursor, order);
  const offset = from ? 0 : (query.page ?? 0) * limit;
  // One more tells whether there is another page: nobody counts a list that only grows.
  const rows = await readActivities(ctx.db, {
    ...filters,
    after: from ? { id: toId(from.value) } : readAfter(query),
    offset,
    limit: limit + 1,
    ascending,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    activities: shown.map(toActivity),
    meta: {
      has_next_results: more,
      has_previous_results: offset > 0 || from !== null,
      ...(more && { next_cursor: encodeCursor(order, { value: last.id, id: 0 }) }),
    },
  };
}

function toId(value: unknown): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw badRequest('cursor', 'is not one that this list answered with: begin again without it');
}

function readAfter({ after, order_key }: HostQuery): ActivityList['after'] {
  if (after === undefined) return null;
  if (order_key === 'created_at') {
    const at = new Date(after);
    if (Number.isNaN(at.getTime())) throw badRequest('after', 'must be the last created_at seen');
    return { at };
  }
  if (!/^\d{1,15}$/.test(after)) throw badRequest('after', 'must be the last id seen');
  return { id: Number(after) };
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

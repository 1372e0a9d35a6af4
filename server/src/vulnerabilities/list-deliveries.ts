import type { Delivery, listDeliveries as route } from '@flotilla/contract/deliveries';
import type { Static } from 'typebox';
import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { type DeliveryRow, listDeliveries as readDeliveries } from './queries/deliveries.ts';

const PAGE = 20;

/** How deliveries went; never what was in them, nor with which credentials. */
export async function listDeliveries(
  ctx: Context,
  { page = 0, per_page: limit = PAGE }: Static<typeof route.query>,
): Promise<Static<typeof route.response>> {
  permit(ctx.actor, 'server:read');
  const rows = await readDeliveries(ctx.db, { offset: page * limit, limit: limit + 1 });
  return {
    deliveries: rows.slice(0, limit).map(toAnswer),
    meta: { has_next_results: rows.length > limit, has_previous_results: page > 0 },
  };
}

const toAnswer = ({ created_at, due_at, ended_at, ...row }: DeliveryRow): Delivery => ({
  ...row,
  created_at: created_at.toISOString(),
  due_at: row.state === 'waiting' ? due_at.toISOString() : null,
  ended_at: ended_at?.toISOString() ?? null,
});

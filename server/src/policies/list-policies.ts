import type * as contract from '@flotilla/contract/policies';
import type { Policy } from '@flotilla/contract/policies';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readPage } from '../inventory/index.ts';
import { permitIn } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { toPolicy } from './policy-answer.ts';
import * as queries from './queries/list.ts';
import { countAnswering, listAnswering } from './queries/on-hosts.ts';
import { fleetsWith, permitScope, type ScopeId } from './reach.ts';

/** Fleet's API gives the whole list unless a page is asked for. */
const WHOLE = 10_000;
const PAGE = 20;

type ListQuery = QueryOf<typeof contract.globalPolicies.list>;
type Filters = QueryOf<typeof contract.globalPolicies.count>;

const toFilter = ({ query, automation_type }: Filters) => ({
  text: query ?? '',
  ...(automation_type && { automation: automation_type }),
});

/** @param on the fleets whose hosts are counted; null are all */
async function page(
  ctx: Context,
  { on, ...filter }: queries.PolicyFilter & { on: readonly number[] | null },
  query: ListQuery,
) {
  const { order, cut } = readPage({ ...query, per_page: query.per_page ?? WHOLE }, { key: 'id', descending: false });
  const all = await queries.listPolicies(ctx.db, { ...filter, on }, order);
  const { rows, meta } = cut(all, (row) => queries.positionOf(row, order.key));
  return { policies: rows.map((row) => toPolicy(row, ctx.clock())), meta };
}

/** Policies of every host. */
export async function listGlobalPolicies(
  ctx: Context,
  query: ListQuery,
): Promise<ResponseOf<typeof contract.globalPolicies.list>> {
  await permitScope(ctx, 'policies:read', null);
  return page(ctx, { ...toFilter(query), fleetIds: [null], on: fleetsWith(ctx, 'policies:read') }, query);
}

/** Policies of a fleet, with those of every host beside them, or among them where that is asked for. */
export async function listFleetPolicies(
  ctx: Context,
  fleetId: number,
  query: QueryOf<typeof contract.fleetPolicies.list>,
): Promise<ResponseOf<typeof contract.fleetPolicies.list>> {
  await permitScope(ctx, 'policies:read', fleetId);
  const filter = { ...toFilter(query), on: [fleetId] };
  if (query.merge_inherited) {
    return { ...(await page(ctx, { ...filter, fleetIds: [fleetId, null] }, query)), inherited_policies: [] };
  }
  const [own, inherited] = await Promise.all([
    page(ctx, { ...filter, fleetIds: [fleetId] }, query),
    page(ctx, { fleetIds: [null], on: [fleetId] }, readInherited(query)),
  ]);
  return { ...own, inherited_policies: inherited.policies };
}

function readInherited(query: QueryOf<typeof contract.fleetPolicies.list>): ListQuery {
  const { inherited_page, inherited_per_page, inherited_order_key, inherited_order_direction } = query;
  return {
    ...(inherited_page !== undefined && { page: inherited_page }),
    ...(inherited_per_page !== undefined && { per_page: inherited_per_page }),
    ...(inherited_order_key && { order_key: inherited_order_key }),
    ...(inherited_order_direction && { order_direction: inherited_order_direction }),
  };
}

export async function countGlobalPolicies(ctx: Context, query: Filters): Promise<{ count: number }> {
  await permitScope(ctx, 'policies:read', null);
  return { count: await queries.countPolicies(ctx.db, { ...toFilter(query), fleetIds: [null] }) };
}

export async function countFleetPolicies(
  ctx: Context,
  fleetId: number,
  query: QueryOf<typeof contract.fleetPolicies.count>,
): Promise<ResponseOf<typeof contract.fleetPolicies.count>> {
  await permitScope(ctx, 'policies:read', fleetId);
  const filter = toFilter(query);
  const [own, inherited] = await Promise.all([
    queries.countPolicies(ctx.db, { ...filter, fleetIds: [fleetId] }),
    queries.countPolicies(ctx.db, { ...filter, fleetIds: [null] }),
  ]);
  return { count: query.merge_inherited ? own + inherited : own, inherited_policy_count: inherited };
}

/** Policies of every host and of the fleets one may read, those that fail on most hosts first unless asked otherwise. */
export async function listAllPolicies(
  ctx: Context,
  query: ListQuery,
): Promise<ResponseOf<typeof contract.listAllPolicies>> {
  const on = fleetsWith(ctx, 'policies:read');
  const filter = { ...toFilter(query), ...(on !== null && { fleetIds: [null, ...on] }) };
  const worst = { order_key: 'failing_host_count', order_direction: 'desc' } as const;
  const asked = { per_page: PAGE, ...(query.order_key ? {} : worst), ...query };
  const [list, count] = await Promise.all([page(ctx, { ...filter, on }, asked), queries.countPolicies(ctx.db, filter)]);
  return { ...list, count };
}

/**
 * One policy. With a scope it has to belong there.
 * @throws AppError `not_found`
 */
export async function readPolicy(ctx: Context, id: number, scope?: ScopeId): Promise<{ policy: Policy }> {
  const on = fleetsWith(ctx, 'policies:read');
  if (scope !== undefined) await permitScope(ctx, 'policies:read', scope);
  const filter = { id, on, ...(scope !== undefined && { fleetIds: [scope] }) };
  const [policy] = (await page(ctx, filter, {})).policies;
  if (!policy) throw notFound(`Policy ${id}`);
  if (policy.fleet_id !== null) {
    permitIn(ctx.actor, 'policies:read', { fleetId: policy.fleet_id, thing: `Policy ${id}` });
  }
  return { policy };
}

/** How hosts answer a policy, the failing first. @throws AppError `not_found` */
export async function listPolicyHosts(
  ctx: Context,
  id: number,
  query: QueryOf<typeof contract.policyHosts>,
): Promise<ResponseOf<typeof contract.policyHosts>> {
  await readPolicy(ctx, id);
  const limit = query.per_page ?? PAGE;
  const filter = { fleetIds: fleetsWith(ctx, 'policies:read'), ...(query.response && { response: query.response }) };
  const [rows, count] = await Promise.all([
    listAnswering(ctx.db, id, {
      ...filter,
      descending: query.order_direction === 'desc',
      offset: (query.page ?? 0) * limit,
      limit,
    }),
    countAnswering(ctx.db, id, filter),
  ]);
  return { count, hosts: rows.map((row) => ({ ...row, since: row.since?.toISOString() ?? null })) };
}

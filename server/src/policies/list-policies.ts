import type * as contract from '@flotilla/contract/policies';
import type { Policy } from '@flotilla/contract/policies';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { isFleet } from '../fleets/index.ts';
import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { toPolicy } from './policy-answer.ts';
import * as queries from './queries/list.ts';
import { countAnswering, listAnswering } from './queries/on-hosts.ts';

/** Fleet's API gives the whole list unless a page is asked for. */
const WHOLE = 10_000;
const PAGE = 20;

/** The scope of policies: of a fleet, or null for those of every host. */
export type ScopeId = number | null;

/** @throws AppError `not_found` for a fleet that is not there; 0, the hosts in no fleet, always is */
export async function checkScope(ctx: Context, scope: ScopeId): Promise<void> {
  if (scope !== null && scope !== 0 && !(await isFleet(ctx, scope))) throw notFound(`Fleet ${scope}`);
}

type ListQuery = QueryOf<typeof contract.globalPolicies.list>;

async function page(ctx: Context, filter: queries.PolicyFilter, query: ListQuery): Promise<Policy[]> {
  const limit = query.per_page ?? WHOLE;
  const rows = await queries.listPolicies(ctx.db, filter, {
    key: query.order_key ?? 'id',
    descending: query.order_direction === 'desc',
    offset: (query.page ?? 0) * limit,
    limit,
  });
  return rows.map((row) => toPolicy(row, ctx.clock()));
}

/** Policies of every host. */
export async function listGlobalPolicies(ctx: Context, query: ListQuery): Promise<{ policies: Policy[] }> {
  permit(ctx.actor, 'policies:read');
  return { policies: await page(ctx, { fleetIds: [null], text: query.query ?? '' }, query) };
}

/** Policies of a fleet, with those of every host beside them, or among them where that is asked for. */
export async function listFleetPolicies(
  ctx: Context,
  fleetId: number,
  query: QueryOf<typeof contract.fleetPolicies.list>,
): Promise<ResponseOf<typeof contract.fleetPolicies.list>> {
  permit(ctx.actor, 'policies:read');
  await checkScope(ctx, fleetId);
  const text = query.query ?? '';
  if (query.merge_inherited) {
    return { policies: await page(ctx, { fleetIds: [fleetId, null], text }, query), inherited_policies: [] };
  }
  const [policies, inherited_policies] = await Promise.all([
    page(ctx, { fleetIds: [fleetId], text }, query),
    page(ctx, { fleetIds: [null] }, {}),
  ]);
  return { policies, inherited_policies };
}

export async function countGlobalPolicies(ctx: Context, text = ''): Promise<{ count: number }> {
  permit(ctx.actor, 'policies:read');
  return { count: await queries.countPolicies(ctx.db, { fleetIds: [null], text }) };
}

export async function countFleetPolicies(
  ctx: Context,
  fleetId: number,
  { query: text = '', merge_inherited }: QueryOf<typeof contract.fleetPolicies.count>,
): Promise<ResponseOf<typeof contract.fleetPolicies.count>> {
  permit(ctx.actor, 'policies:read');
  await checkScope(ctx, fleetId);
  const [own, inherited] = await Promise.all([
    queries.countPolicies(ctx.db, { fleetIds: [fleetId], text }),
    queries.countPolicies(ctx.db, { fleetIds: [null], text }),
  ]);
  return { count: merge_inherited ? own + inherited : own, inherited_policy_count: inherited };
}

/** Policies of every host and of fleets, those that fail on most hosts first unless asked otherwise. */
export async function listAllPolicies(
  ctx: Context,
  query: ListQuery,
): Promise<ResponseOf<typeof contract.listAllPolicies>> {
  permit(ctx.actor, 'policies:read');
  const filter = { text: query.query ?? '' };
  const worst = { order_key: 'failing_host_count', order_direction: 'desc' } as const;
  const asked = { per_page: PAGE, ...(query.order_key ? {} : worst), ...query };
  const [policies, count] = await Promise.all([page(ctx, filter, asked), queries.countPolicies(ctx.db, filter)]);
  return { policies, count };
}

/**
 * One policy. With a scope it has to belong there.
 * @throws AppError `not_found`
 */
export async function readPolicy(ctx: Context, id: number, scope?: ScopeId): Promise<{ policy: Policy }> {
  permit(ctx.actor, 'policies:read');
  if (scope !== undefined) await checkScope(ctx, scope);
  const filter = { id, ...(scope !== undefined && { fleetIds: [scope] }) };
  const [policy] = await page(ctx, filter, {});
  if (!policy) throw notFound(`Policy ${id}`);
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
  const only = query.response && { response: query.response };
  const [rows, count] = await Promise.all([
    listAnswering(ctx.db, id, {
      ...only,
      descending: query.order_direction === 'desc',
      offset: (query.page ?? 0) * limit,
      limit,
    }),
    countAnswering(ctx.db, id, { ...only }),
  ]);
  return { count, hosts: rows.map((row) => ({ ...row, since: row.since?.toISOString() ?? null })) };
}

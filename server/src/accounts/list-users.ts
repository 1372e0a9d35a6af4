import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type { listUsers as listRoute } from '@flotilla/contract/users';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { badRequest, notFound } from '../kernel/errors.ts';
import { type Account, toUser } from './account.ts';
import { isSelf, permitSeeing, refuseUnknown } from './manage.ts';
import { findAccount, readAccounts, readFleets } from './queries/accounts.ts';

const PAGE = 20;
const FIRST_ID = /^\d{1,9}$/;

/** People and programs. Whoever manages some fleets sees those with a role in them. */
export async function listUsers(ctx: Context, query: QueryOf<typeof listRoute>): Promise<ResponseOf<typeof listRoute>> {
  const fleets = permitSome(ctx.actor, 'people:write');
  const asked = query.fleet_id ?? query.team_id;
  if (asked !== undefined && fleets !== 'all' && !fleets.includes(asked)) throw notFound(`Fleet ${asked}`);
  const limit = query.per_page ?? PAGE;
  const offset = (query.page ?? 0) * limit;
  const order = query.order_key ?? 'id';
  const { accounts, count } = await readAccounts(ctx.db, {
    fleetIds: asked !== undefined ? [asked] : fleets === 'all' ? null : fleets,
    query: query.query?.trim() || null,
    order,
    after: checkAfter(order, query.after),
    descending: query.order_direction === 'desc',
    offset,
    limit: limit + 1,
  });
  return {
    users: accounts.slice(0, limit).map(toUser),
    count,
    meta: { has_next_results: accounts.length > limit, has_previous_results: offset > 0 },
  };
}

function checkAfter(order: string, after: string | undefined): string | null {
  if (after === undefined) return null;
  if (order === 'id' && !FIRST_ID.test(after)) throw badRequest('after', 'must be the last id seen');
  if (order !== 'created_at') return after;
  const moment = new Date(after);
  if (Number.isNaN(moment.getTime())) throw badRequest('after', 'must be the last created_at seen');
  return moment.toISOString();
}

/** Oneself, or somebody one manages. */
export async function readUser(ctx: Context, id: number): Promise<Account> {
  const account = await findAccount(ctx.db, id);
  if (!account) refuseUnknown(ctx.actor, `User ${id}`);
  if (!isSelf(ctx.actor, id)) permitSeeing(ctx.actor, account);
  return account;
}

/** The fleets a person can choose from, under both names. */
export async function fleetLists(ctx: Context, account: Account) {
  const fleets =
    account.role === null
      ? account.fleets.map(({ id, name, description }) => ({ id, name, description }))
      : await readFleets(ctx.db, null);
  return { available_teams: fleets, available_fleets: fleets };
}

import type { Host, HostFilters, listHosts as listHostsRoute } from '@flotilla/contract/hosts';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, type Position } from '../kernel/cursor.ts';
import { badRequest } from '../kernel/errors.ts';
import { readFilter } from './filter-hosts.ts';
import { toHostAnswer, toHostLabel } from './host-answer.ts';
import { readLabelsOf } from './queries/labels.ts';
import * as queries from './queries/list.ts';
import { readHosts } from './queries/read.ts';

const PAGE = 100;

/** One page of the hosts a filter finds. */
export async function listHosts(
  ctx: Context,
  query: QueryOf<typeof listHostsRoute>,
): Promise<ResponseOf<typeof listHostsRoute>> {
  const filter = await readFilter(ctx, query);
  const limit = query.per_page ?? PAGE;
  const order = { key: query.order_key ?? 'id', descending: query.order_direction === 'desc' };
  const name = `hosts ${order.key} ${order.descending ? 'desc' : 'asc'}`;
  const after = readPosition(query.cursor, { key: order.key, name });
  const offset = after ? 0 : (query.page ?? 0) * limit;
  const found = await queries.listHostIds(ctx.db, filter, {
    ...order,
    ...(after && { after }),
    ...(query.after !== undefined && { afterValue: readAfter(order.key, query) }),
    offset,
    limit: limit + 1,
  });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    hosts: await toAnswers(
      ctx,
      page.map((host) => host.id),
      query,
    ),
    meta: {
      has_next_results: found.length > limit,
      has_previous_results: after !== null || offset > 0,
      next_cursor: found.length > limit && last ? encodeCursor(name, last) : null,
    },
  };
}

export const countHosts = async (ctx: Context, query: HostFilters): Promise<number> =>
  queries.countHosts(ctx.db, await readFilter(ctx, query));

async function toAnswers(ctx: Context, ids: number[], query: QueryOf<typeof listHostsRoute>): Promise<Host[]> {
  const hosts = await readHosts(ctx.db, ids);
  const labels = query.populate_labels ? await readLabelsOf(ctx.db, ids) : null;
  return hosts.map((host) => ({
    ...toHostAnswer(host, ctx.clock()),
    ...(query.populate_users && { users: host.detail.users ?? [] }),
    ...(labels && { labels: (labels.get(host.id) ?? []).map(toHostLabel) }),
  }));
}

/** The form of a value by what a list is ordered by. */
const FORMS = {
  int: /^-?\d{1,9}$/,
  numeric: /^-?\d{1,18}(\.\d{1,9})?$/,
  timestamptz: /^(?!0000)\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/,
  text: /^/,
};

const isValue = (key: queries.HostOrderKey, text: string): boolean => {
  const type = queries.typeOf(key);
  return FORMS[type].test(text) && (type !== 'timestamptz' || !Number.isNaN(Date.parse(text)));
};

function readAfter(key: queries.HostOrderKey, { after = '', order_key }: QueryOf<typeof listHostsRoute>): string {
  if (order_key === undefined) throw badRequest('after', 'needs order_key');
  if (!isValue(key, after)) throw badRequest('after', `must be a value of ${key}`);
  return after;
}

/** @throws AppError `bad_request` also for a position that no list can have ended at */
function readPosition(
  cursor: string | undefined,
  { key, name }: { key: queries.HostOrderKey; name: string },
): Position | null {
  const position = decodeCursor(cursor, name);
  if (position && position.value !== null && !isValue(key, String(position.value))) {
    throw badRequest('cursor', 'is not one that a list answered with: begin again without it');
  }
  return position;
}

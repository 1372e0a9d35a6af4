import { type RawBuilder, sql } from 'kysely';
import type { Position } from '../../kernel/cursor.ts';
import type { Db } from '../../kernel/db/database.ts';

/** One page of a list: from an offset, or after a row that was seen. */
export interface PageOrder<K extends string> {
  key: K;
  descending: boolean;
  offset: number;
  limit: number;
  after: Position | null;
}

export interface Counted<R> {
  rows: R[];
  total: number;
}

export const direction = (descending: boolean) => (descending ? sql`desc` : sql`asc`);

/** After a position in the order of a number and then of ids, which run the other way, as the indexes of counters do. */
export function afterNumber(order: PageOrder<string>, key: RawBuilder<unknown>, id: RawBuilder<unknown>) {
  if (!order.after) return sql`true`;
  const { value, id: last } = order.after;
  return order.descending
    ? sql`${key} <= ${value}::bigint and (${key} < ${value}::bigint or ${id} > ${last})`
    : sql`${key} >= ${value}::bigint and (${key} > ${value}::bigint or ${id} < ${last})`;
}

export const byNumber = ({ descending }: PageOrder<string>, key: RawBuilder<unknown>, id: RawBuilder<unknown>) =>
  sql`order by ${key} ${direction(descending)}, ${id} ${direction(!descending)}`;

export const slice = ({ offset, limit }: PageOrder<string>) => sql`offset ${offset} limit ${limit}`;

/** Everything a filter finds, counted, and a page of it, in one moment: so it is read once, and both always agree. */
export async function readCounted<R>(
  db: Db,
  { hits, page }: { hits: RawBuilder<unknown>; page: RawBuilder<unknown> },
): Promise<Counted<R>> {
  const { rows } = await sql<Counted<R>>`
    with hits as materialized (${hits})
    select (select count(*)::int from hits) as total,
      (select coalesce(json_agg(page), '[]') from (${page}) as page) as rows`.execute(db);
  return rows[0] ?? { total: 0, rows: [] };
}

import type { QueryOf } from '@flotilla/contract/route';
import type { listTitles, listVersions } from '@flotilla/contract/software';
import { decodeCursor, encodeCursor, type Position } from '../kernel/cursor.ts';
import { badRequest } from '../kernel/errors.ts';
import { sortName } from './identity.ts';
import type { RiskFilter, SoftwareFilter } from './queries/matching.ts';
import type { PageOrder } from './queries/page.ts';
import { isRankKey, rankAfter } from './queries/rank.ts';

const PAGE = 20;

interface Paging {
  page?: number;
  per_page?: number;
  cursor?: string;
}

interface ListQuery<K extends string> extends Paging {
  order_key?: K;
  order_direction?: 'asc' | 'desc';
  after?: string;
}

/** What the list is ordered by where nobody says, and how the value of a row reads there. */
interface Usual<K extends string> {
  key: K;
  descending: boolean;
}

const LAST_ID = 2_147_483_647;

/**
 * The page a list is asked for. One row more than the page has is asked of the database, which tells whether there are next ones.
 * @throws AppError `bad_request` for a cursor of another list
 */
export function readPage<K extends string>(query: ListQuery<K>, usual: Usual<K>) {
  const size = query.per_page ?? PAGE;
  const key = query.order_key ?? usual.key;
  // Without a wish the biggest come first; a wished order starts at its beginning, as everywhere in the API.
  const descending = query.order_direction
    ? query.order_direction === 'desc'
    : query.order_key === undefined && usual.descending;
  const name = `${key} ${descending ? 'desc' : 'asc'}`;
  const after = decodeCursor(query.cursor, name) ?? readAfter(query, { key, descending });
  const offset = after ? 0 : (query.page ?? 0) * size;
  const order: PageOrder<K> = { key, descending, offset, limit: size + 1, after };
  return {
    order,
    /** The rows of the page, and what is said about it. */
    cut<R>(rows: R[], position: (row: R) => Position) {
      const last = rows[size - 1];
      const more = rows.length > size && last !== undefined;
      return {
        rows: rows.slice(0, size),
        meta: {
          has_next_results: more,
          has_previous_results: offset > 0 || after !== null,
          ...(more && { next_cursor: encodeCursor(name, position(last)) }),
        },
      };
    },
  };
}

/** The older way to go on: the last value that was seen, so rows that share it are left out. */
function readAfter(
  { order_key, after }: ListQuery<string>,
  { key, descending }: { key: string; descending: boolean },
): Position | null {
  if (after === undefined) return null;
  if (order_key === undefined) throw badRequest('after', 'goes on in an order: name it with order_key');
  if (key === 'name') return { value: sortName(after), id: descending ? 0 : LAST_ID };
  if (isRankKey(key)) {
    const value = rankAfter(key, after, descending);
    if (value === null) throw badRequest('after', `must be the last ${key} that was seen`);
    return { value, id: descending ? LAST_ID : 0 };
  }
  if (!/^\d{1,15}$/.test(after)) throw badRequest('after', `must be a whole number: the last ${key} that was seen`);
  return { value: Number(after), id: descending ? LAST_ID : 0 };
}

export const pageMeta = (offset: number, limit: number, count: number) => ({
  has_next_results: offset + limit < count,
  has_previous_results: offset > 0,
});

/** @throws AppError `bad_request` for filters by risk without `vulnerable` */
export function readRisk(query: {
  vulnerable?: boolean;
  exploit?: boolean;
  min_cvss_score?: number;
  max_cvss_score?: number;
}): RiskFilter | undefined {
  const { vulnerable, exploit, min_cvss_score: min, max_cvss_score: max } = query;
  if (vulnerable !== true) {
    const needy = exploit ? 'exploit' : min !== undefined ? 'min_cvss_score' : 'max_cvss_score';
    if (exploit || min !== undefined || max !== undefined) {
      throw badRequest(needy, 'is about vulnerable software: send vulnerable=true with it');
    }
    return undefined;
  }
  if (min !== undefined && max !== undefined && min > max) {
    throw badRequest('min_cvss_score', 'must not be above max_cvss_score');
  }
  const isScored = min !== undefined || max !== undefined;
  return { exploited: exploit === true, cvss: isScored ? { min: min ?? 0, max: max ?? 10 } : null };
}

type SoftwareQuery = QueryOf<typeof listTitles> | QueryOf<typeof listVersions>;

export function readFilter(fleetId: number, query: SoftwareQuery): SoftwareFilter {
  const risk = readRisk(query);
  return {
    fleetId,
    ...(query.query && { text: query.query }),
    ...(query.source && { source: query.source }),
    ...(risk && { risk }),
  };
}

export const isFiltered = ({ fleetId: _fleet, ...filters }: SoftwareFilter) => Object.keys(filters).length > 0;

import type { softwareChanges } from '@flotilla/contract/comparison';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readScope } from '../../fleets/index.ts';
import type { Context } from '../../kernel/context.ts';
import { ALL_FLEETS } from '../../kernel/counters/spec.ts';
import { badRequest } from '../../kernel/errors.ts';
import { today } from '../end-of-life/end-of-life.ts';
import { pageMeta } from '../list-query.ts';
import { listChanges } from '../queries/comparison.ts';

const PAGE = 20;
const NOTE =
  'Changes count for the fleet that a host was in that day, by the days of UTC; a host that moves to another fleet changes nothing here. Labels have no past.';

/** What came to hosts and left them from one day to another, the most changed versions first. */
export async function listSoftwareChanges(
  ctx: Context,
  query: QueryOf<typeof softwareChanges>,
): Promise<ResponseOf<typeof softwareChanges>> {
  const { fleetIds } = await readScope(ctx, 'software:read', query);
  const from = readDay('from', query.from);
  const to = query.to === undefined ? today(ctx) : readDay('to', query.to);
  if (from > to) throw badRequest('from', 'must not be after to');
  const limit = query.per_page ?? PAGE;
  const offset = (query.page ?? 0) * limit;
  const { rows, total } = await listChanges(
    ctx.db,
    { from, to, fleetIds: fleetIds ?? [ALL_FLEETS], ...(query.query && { text: query.query }) },
    { offset, limit },
  );
  return { from, to, count: total, versions: rows, note: NOTE, meta: pageMeta(offset, limit, total) };
}

function readDay(name: string, text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text)) {
    throw badRequest(name, 'must be a day of the calendar, as 2026-11-24');
  }
  return text;
}

import type * as contract from '@flotilla/contract/exposure';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readScope } from '../../fleets/index.ts';
import { readHost } from '../../hosts/index.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { countDue, listDueVulnerabilities as firstDue } from '../due/queries/listing.ts';
import { findFacts } from '../queries/deciding.ts';
import { type PointRow, readPoints, readScore } from './queries/exposure.ts';
import * as figures from './queries/figures.ts';
import { readHistory } from './queries/history.ts';

const DAY_MS = 86_400_000;
/** Longer spans are answered by the day. */
const HOURLY_DAYS = 31;
const TREND_DAYS = 90;
const FIXED_DAYS = 90;

/** Exposure now and over time. */
export async function readExposure(
  ctx: Context,
  query: QueryOf<typeof contract.exposureTrend>,
): Promise<ResponseOf<typeof contract.exposureTrend>> {
  const { counterId: fleetId } = await readScope(ctx, 'software:read', query);
  const to = query.to ? new Date(query.to) : ctx.clock();
  const from = query.from ? new Date(query.from) : new Date(to.getTime() - TREND_DAYS * DAY_MS);
  const [score, points] = await Promise.all([readScore(ctx.db, fleetId), readPoints(ctx.db, { fleetId, from, to })]);
  const isLong = to.getTime() - from.getTime() > HOURLY_DAYS * DAY_MS;
  const shown = isLong ? byDay(points) : points;
  return { score, points: shown.map((point) => ({ ...point, at: point.at.toISOString() })) };
}

/** The last point of each day (UTC), with all that moved it on that day. */
function byDay(points: PointRow[]): PointRow[] {
  return [...Map.groupBy(points, ({ at }) => at.toISOString().slice(0, 10)).values()].flatMap((ofDay) => {
    const last = ofDay.at(-1);
    if (!last) return [];
    const by_reason: Record<string, number> = {};
    for (const point of ofDay)
      for (const [reason, score] of Object.entries(point.by_reason))
        by_reason[reason] = (by_reason[reason] ?? 0) + score;
    return [{ ...last, by_reason }];
  });
}

/** How fast what is urgent is mended. */
export async function readFigures(
  ctx: Context,
  query: QueryOf<typeof contract.figures>,
): Promise<ResponseOf<typeof contract.figures>> {
  const { fleetIds } = await readScope(ctx, 'software:read', query);
  const at = query.at ? new Date(query.at) : ctx.clock();
  const from = new Date(at.getTime() - FIXED_DAYS * DAY_MS);
  const [open, fixing] = await Promise.all([
    figures.countOpen(ctx.db, { fleetIds, at }),
    figures.readFixing(ctx.db, { fleetIds, at, from }),
  ]);
  return { at: at.toISOString(), ...open, fixing };
}

/** A vulnerability on hosts over time, and how urgent it is on them. @throws AppError `not_found` when no feed knows it */
export async function readVulnerabilityHistory(
  ctx: Context,
  cve: string,
  query: QueryOf<typeof contract.vulnerabilityHistory>,
): Promise<ResponseOf<typeof contract.vulnerabilityHistory>> {
  const { counterId: fleetId, fleetIds } = await readScope(ctx, 'software:read', query);
  const facts = await findFacts(ctx.db, cve);
  if (!facts) throw notFound(`Vulnerability ${cve}`);
  const now = ctx.clock();
  const filter = { fleetIds, now, before: new Date(now.getTime() + 366 * 10 * DAY_MS), cve };
  const [history, due, [first]] = await Promise.all([
    readHistory(ctx.db, { fleetId, vulnerabilityId: facts.id }),
    countDue(ctx.db, filter),
    firstDue(ctx.db, filter, { offset: 0, limit: 1, after: null }),
  ]);
  return {
    first_seen_at: history?.first_at.toISOString() ?? null,
    peak_hosts: history?.peak ?? 0,
    peak_at: history?.peak_at.toISOString() ?? null,
    gone_at: history?.gone_at?.toISOString() ?? null,
    due_hosts: due.all.hosts,
    overdue_hosts: due.overdue.hosts,
    first_due_at: first?.first_due_at.toISOString() ?? null,
  };
}

/** What a host was vulnerable to at a moment. @throws AppError `not_found` */
export async function readHostAt(
  ctx: Context,
  hostId: number,
  { at }: QueryOf<typeof contract.hostVulnerabilitiesAt>,
): Promise<ResponseOf<typeof contract.hostVulnerabilitiesAt>> {
  await readHost(ctx, hostId);
  const rows = await figures.readPast(ctx.db, hostId, new Date(at));
  return { vulnerabilities: rows.map((row) => ({ ...row, since: row.since.toISOString() })) };
}

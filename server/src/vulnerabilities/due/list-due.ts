import type * as contract from '@flotilla/contract/due';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readScope } from '../../fleets/index.ts';
import { readHost } from '../../hosts/index.ts';
import { readPage } from '../../inventory/index.ts';
import type { Context } from '../../kernel/context.ts';
import * as queries from './queries/listing.ts';

const DAY_MS = 86_400_000;
const usual = { key: 'due', descending: false } as const;

interface Asked {
  within_days?: number;
  cve?: string;
  host_id?: number;
}

function toFilter(ctx: Context, fleetIds: readonly number[] | null, asked: Asked): queries.DueFilter {
  const now = ctx.clock();
  return {
    fleetIds,
    now,
    before: new Date(now.getTime() + (asked.within_days ?? 0) * DAY_MS),
    ...(asked.cve !== undefined && { cve: asked.cve }),
    ...(asked.host_id !== undefined && { hostId: asked.host_id }),
  };
}

/** How much is overdue, and due soon: within three days unless asked otherwise. */
export async function summariseDue(
  ctx: Context,
  query: QueryOf<typeof contract.dueSummary>,
): Promise<ResponseOf<typeof contract.dueSummary>> {
  const { fleetIds } = await readScope(ctx, 'software:read', query);
  const { within_days = 3 } = query;
  const filter = toFilter(ctx, fleetIds, { within_days });
  const [{ overdue, soon }, isUnsettled] = await Promise.all([
    queries.countDue(ctx.db, filter),
    queries.isUnsettled(ctx.db),
  ]);
  return { overdue, soon, is_settled: !isUnsettled };
}

const toPosition = (at: Date, id: number) => ({ value: at.toISOString(), id });

export async function listDueHosts(
  ctx: Context,
  query: QueryOf<typeof contract.listDueHosts>,
): Promise<ResponseOf<typeof contract.listDueHosts>> {
  const { fleetIds } = await readScope(ctx, 'hosts:read', query);
  const filter = toFilter(ctx, fleetIds, query);
  const { order, cut } = readPage(query, usual);
  const [found, { all }] = await Promise.all([
    queries.listDueHosts(ctx.db, filter, order),
    queries.countDue(ctx.db, filter),
  ]);
  const { rows, meta } = cut(found, (row) => toPosition(row.first_due_at, row.host_id));
  const hosts = rows.map((row) => ({ ...row, first_due_at: row.first_due_at.toISOString() }));
  return { count: all.hosts, hosts, meta };
}

export async function listDueVulnerabilities(
  ctx: Context,
  query: QueryOf<typeof contract.listDueVulnerabilities>,
): Promise<ResponseOf<typeof contract.listDueVulnerabilities>> {
  const { fleetIds } = await readScope(ctx, 'software:read', query);
  if (query.host_id !== undefined) await readHost(ctx, query.host_id);
  const filter = toFilter(ctx, fleetIds, query);
  const { order, cut } = readPage(query, usual);
  const [found, { all }] = await Promise.all([
    queries.listDueVulnerabilities(ctx.db, filter, order),
    queries.countDue(ctx.db, filter),
  ]);
  const { rows, meta } = cut(found, (row) => toPosition(row.first_due_at, row.id));
  const vulnerabilities = rows.map(({ id: _, ...row }) => ({ ...row, first_due_at: row.first_due_at.toISOString() }));
  return { count: all.vulnerabilities, vulnerabilities, meta };
}

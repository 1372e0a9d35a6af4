import type { Action, listActions as listRoute } from '@flotilla/contract/actions';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { type SeverityLevel, severityLevels } from '@flotilla/engine/decisions/severity';
import { type FleetScope, readScope } from '../../fleets/index.ts';
import { pageMeta, readFoldTime } from '../../inventory/index.ts';
import type { Context } from '../../kernel/context.ts';
import { readTitles } from '../queries/behind.ts';
import { findUnderWay } from '../queries/rollouts.ts';
import { countExactly, type ExactCount, findSmall } from './queries/exact.ts';
import { type ActionFilter, type ActionOrder, type ActionRow, rankActions } from './queries/ranking.ts';
import { readReady } from './ready-packages.ts';

const PAGE = 20;
/** Actions with no more pairs of a host and a version are counted exactly in lists too. */
const MOST_PAIRS = 1_000;

type ListQuery = QueryOf<typeof listRoute>;
type Ready = Awaited<ReturnType<typeof readReady>>;

/** What to update in the fleets the actor reads, most risk first unless asked otherwise. */
export async function listActions(ctx: Context, query: ListQuery): Promise<ResponseOf<typeof listRoute>> {
  const scope = await readScope(ctx, 'updates:read', query);
  const [ready, foldedAt] = await Promise.all([readReady(ctx), readFoldTime(ctx.db)]);
  const order = orderOf(query);
  const { total, rows } = await rankActions(ctx.db, filterOf(query, scope, ready), order);
  const ids = rows.map((row) => row.id);
  const small = await findSmall(ctx.db, ids, MOST_PAIRS);
  const exact = await countExactly(ctx.db, small, scope.fleetIds);
  return {
    count: total,
    counts_updated_at: foldedAt?.toISOString() ?? null,
    actions: await describe(ctx, rows, { scope, ready, exact, isExact: ({ id }) => small.includes(id) }),
    meta: pageMeta(order.offset, order.limit, total),
  };
}

function filterOf(query: ListQuery, { counterId, fleetIds }: FleetScope, ready: Ready): ActionFilter {
  const { exploited, has_fix: hasFix, has_package: hasPackage, severity } = query;
  return {
    fleetId: counterId,
    fleetIds,
    ...(query.query?.trim() && { text: query.query.trim() }),
    ...(exploited !== undefined && { exploited }),
    ...(hasFix !== undefined && { hasFix }),
    ...(severity !== undefined && { severity: severityLevels.indexOf(severity) }),
    ...(hasPackage !== undefined && { ready: { ids: [...ready.keys()], isWanted: hasPackage } }),
  };
}

/** The worst first; what is due first is the worst. */
function orderOf({
  order_key: key = 'risk',
  order_direction,
  page = 0,
  per_page: limit = PAGE,
}: ListQuery): ActionOrder {
  const descending = order_direction === undefined ? key !== 'due' : order_direction === 'desc';
  return { key, descending, offset: page * limit, limit };
}

interface Known {
  scope: FleetScope;
  ready: Ready;
  exact: ExactCount;
  isExact: (row: ActionRow) => boolean;
}

/** Rows of actions as they are answered, with exact figures where they were counted. */
export async function describe(ctx: Context, rows: ActionRow[], known: Known): Promise<Action[]> {
  const titleIds = [...new Set(rows.flatMap((row) => row.title_ids))];
  const [titles, rollouts] = await Promise.all([
    readTitles(ctx.db, titleIds),
    findUnderWay(ctx.db, { titleIds, fleetIds: known.scope.fleetIds }),
  ]);
  const counted = Map.groupBy(known.exact.vulnerabilities, (one) => one.action_id);
  return rows.map((row) => {
    const packages = known.ready.get(row.id) ?? [];
    const { id, kind, name, context, fix_version } = row;
    const isExact = known.isExact(row);
    const rollout = rollouts.find((one) => packages.some(({ installer_id }) => installer_id === one.package_id));
    return {
      ...{ id, kind, name, context, fix_version, is_exact: isExact },
      ...(isExact ? exactFigures(counted.get(id) ?? [], known.exact.hosts.get(id) ?? 0) : figures(row)),
      titles: row.title_ids.map((titleId) => ({ id: titleId, name: titles.get(titleId)?.title ?? '' })),
      packages,
      rollout_id: rollout?.id ?? null,
    };
  });
}

const figures = (row: ActionRow) => ({
  hosts_count: row.hosts_count,
  findings_count: row.findings_count,
  vulnerabilities_count: row.vulnerabilities_count,
  exploited_count: row.exploited_count,
  unfixed_count: row.unfixed_count,
  exposure: rounded(row.exposure),
  severity: levelOf(row.severity),
  due_at: row.due_at?.toISOString() ?? null,
});

function exactFigures(all: ExactCount['vulnerabilities'], hosts: number) {
  const meant = all.filter((one) => one.hosts > 0);
  const sum = (read: (one: ExactCount['vulnerabilities'][number]) => number) =>
    all.reduce((total, one) => total + read(one), 0);
  const rated = meant.flatMap(({ severity }) => severity ?? []);
  const due = meant.flatMap(({ due_at }) => due_at?.getTime() ?? []);
  return {
    hosts_count: hosts,
    findings_count: sum((one) => one.hosts),
    vulnerabilities_count: meant.length,
    exploited_count: meant.filter((one) => one.is_exploited).length,
    unfixed_count: sum((one) => one.kept),
    exposure: rounded(sum((one) => one.hosts * one.exposure)),
    severity: levelOf(rated.length > 0 ? Math.max(...rated) : null),
    due_at: due.length > 0 ? new Date(due.reduce((a, b) => Math.min(a, b))).toISOString() : null,
  };
}

export const rounded = (exposure: number) => Math.round(exposure * 10) / 10;
export const levelOf = (rank: number | null): SeverityLevel | null =>
  rank === null ? null : (severityLevels[rank] ?? null);

import type { ActionVulnerability, actionVulnerabilities, getAction } from '@flotilla/contract/actions';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { type FleetScope, readScope } from '../../fleets/index.ts';
import { pageMeta } from '../../inventory/index.ts';
import type { Context } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { describe, levelOf, rounded } from './list-actions.ts';
import { countExactly, type ExactVulnerability, readNames } from './queries/exact.ts';
import { type ActionRow, rankActions } from './queries/ranking.ts';
import { readReady } from './ready-packages.ts';

const PAGE = 20;
const WHOLE = { key: 'risk', descending: true, offset: 0, limit: 1 } as const;

/** One action with exact figures. @throws AppError `not_found` for one that no host needs */
export async function readAction(
  ctx: Context,
  id: number,
  query: QueryOf<typeof getAction>,
): Promise<ResponseOf<typeof getAction>> {
  const scope = await readScope(ctx, 'updates:read', query);
  const row = await find(ctx, id, scope);
  const [ready, exact] = await Promise.all([readReady(ctx), countExactly(ctx.db, [id], scope.fleetIds)]);
  const [action] = await describe(ctx, [row], { scope, ready, exact, isExact: () => true });
  if (!action) throw notFound(`Action ${id}`);
  return { action };
}

/** The vulnerabilities behind an action: their hosts add up to its findings. @throws AppError `not_found` */
export async function listBehindAction(
  ctx: Context,
  id: number,
  query: QueryOf<typeof actionVulnerabilities>,
): Promise<ResponseOf<typeof actionVulnerabilities>> {
  const scope = await readScope(ctx, 'updates:read', query);
  await find(ctx, id, scope);
  const { vulnerabilities } = await countExactly(ctx.db, [id], scope.fleetIds);
  const turn = query.order_direction === 'asc' ? -1 : 1;
  vulnerabilities.sort((a, b) => turn * (riskOf(b) - riskOf(a)) || a.vulnerability_id - b.vulnerability_id);
  const limit = query.per_page ?? PAGE;
  const offset = (query.page ?? 0) * limit;
  const page = vulnerabilities.slice(offset, offset + limit);
  const names = await readNames(
    ctx.db,
    page.map((one) => one.vulnerability_id),
  );
  return {
    count: vulnerabilities.length,
    vulnerabilities: page.map((one) => toAnswer(one, names.get(one.vulnerability_id))),
    meta: pageMeta(offset, limit, vulnerabilities.length),
  };
}

async function find(ctx: Context, id: number, { counterId: fleetId, fleetIds }: FleetScope): Promise<ActionRow> {
  const { rows } = await rankActions(ctx.db, { fleetId, fleetIds, id }, WHOLE);
  if (!rows[0]) throw notFound(`Action ${id}`);
  return rows[0];
}

const riskOf = ({ hosts, exposure }: ExactVulnerability) => hosts * exposure;

const toAnswer = (
  one: ExactVulnerability,
  known: { name: string; cvss: number | null } | undefined,
): ActionVulnerability => ({
  cve: known?.name ?? '',
  hosts_count: one.hosts,
  unfixed_count: one.kept,
  cisa_known_exploit: one.is_exploited,
  cvss_score: known?.cvss ?? null,
  severity: levelOf(one.severity),
  exposure: rounded(riskOf(one)),
  due_at: one.due_at?.toISOString() ?? null,
});

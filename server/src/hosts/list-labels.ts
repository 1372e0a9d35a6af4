import type * as contract from '@flotilla/contract/labels';
import type { QueryOf } from '@flotilla/contract/route';
import { readScope } from '../fleets/index.ts';
import { type Fleets, permit, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { permitLabel, toLabel, toLabelDetail } from './label.ts';
import { countLabels } from './queries/label-counts.ts';
import * as queries from './queries/labels.ts';

const PAGE = 10_000;

/** The labels the actor sees: of all fleets, and of those they read. */
export async function listLabels(ctx: Context, query: QueryOf<typeof contract.listLabels>): Promise<contract.Label[]> {
  const fleets = permitSome(ctx.actor, 'hosts:read');
  const asked = query.fleet_id ?? query.team_id;
  const scope = await readScope(
    ctx,
    'hosts:read',
    asked === undefined || asked === 'global' ? {} : { fleet_id: Number(asked) },
  );
  const rows = await queries.listLabels(ctx.db, {
    fleetIds: labelFleets(fleets, asked),
    ...(query.query && { text: query.query }),
    key: query.order_key ?? 'id',
    descending: query.order_direction === 'desc',
    offset: (query.page ?? 0) * (query.per_page ?? PAGE),
    limit: query.per_page ?? PAGE,
  });
  const counts = query.include_host_counts === false ? null : await countLabels(ctx.db, rows, scope.fleetIds);
  return rows.map((row) => toLabel(row, counts && (counts.get(row.id) ?? 0)));
}

/** Of which fleets labels are wanted, besides those of all; null: any. */
function labelFleets(fleets: Fleets, asked: string | undefined): number[] | null {
  if (asked === 'global') return [];
  if (asked !== undefined) return [Number(asked)];
  return fleets === 'all' ? null : [...fleets];
}

export async function summariseLabels(
  ctx: Context,
  query: QueryOf<typeof contract.labelSummary>,
): Promise<contract.LabelSummary[]> {
  const { fleetIds } = await readScope(ctx, 'hosts:read', query);
  const rows = await queries.listLabels(ctx.db, {
    fleetIds: fleetIds === null ? null : [...fleetIds],
    key: 'id',
    descending: false,
    offset: 0,
    limit: PAGE,
  });
  return rows.map(toSummary);
}

export const toSummary = (row: queries.LabelRow): contract.LabelSummary => ({
  id: row.id,
  name: row.name,
  description: row.description,
  label_type: row.kind === 'builtin' ? 'builtin' : 'regular',
  team_id: row.fleet_id,
  fleet_id: row.fleet_id,
});

/** @throws AppError `not_found`, also for a label of others */
export async function getLabel(ctx: Context, id: number): Promise<contract.LabelDetail> {
  const found = await queries.findLabelDetail(ctx.db, id);
  const row = permitLabel(ctx, 'hosts:read', { found, name: String(id) });
  return readDetail(ctx, row);
}

/** The label with its hosts, as far as they are in fleets of the actor. */
export async function readDetail(
  ctx: Context,
  row: queries.LabelRow & { fleet_name: string | null },
): Promise<contract.LabelDetail> {
  const { actor } = ctx;
  const scope = actor.kind === 'person' && actor.role === null ? [...actor.fleetRoles.keys()] : null;
  const counts = await countLabels(ctx.db, [row], scope);
  const hostIds = row.kind === 'manual' ? await queries.readMembers(ctx.db, row.id, scope) : null;
  return toLabelDetail(row, { count: counts.get(row.id) ?? 0, hostIds });
}

/** Labels that people made, as they are written down. */
export async function readLabelSpecs(
  ctx: Context,
  { fleet_id, team_id }: QueryOf<typeof contract.readLabelSpecs>,
): Promise<contract.LabelSpec[]> {
  permit(ctx.actor, 'hosts:read');
  const fleetId = fleet_id ?? team_id;
  const rows = await queries.listLabels(ctx.db, {
    fleetIds: null,
    key: 'id',
    descending: false,
    offset: 0,
    limit: PAGE,
  });
  const own = rows.filter((row) => row.kind !== 'builtin' && (fleetId === undefined || row.fleet_id === fleetId));
  const hosts = await queries.readMemberNames(
    ctx.db,
    own.filter((row) => row.kind === 'manual').map((row) => row.id),
  );
  return own.map(({ id, name, description, kind, query, platform, criteria, fleet_id: of }) => ({
    id,
    name,
    description,
    label_membership_type: kind as Exclude<typeof kind, 'builtin'>,
    ...(kind === 'dynamic' && { query, platform }),
    ...(kind === 'manual' && { hosts: hosts.get(id) ?? [] }),
    ...(criteria && { criteria: { vital: criteria.vital, value: criteria.value } }),
    fleet_id: of,
    team_id: of,
  }));
}

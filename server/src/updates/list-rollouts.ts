import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type * as contract from '@flotilla/contract/updates';
import type { Rollout } from '@flotilla/contract/updates';
import { readScope } from '../fleets/index.ts';
import { pageMeta } from '../inventory/index.ts';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import type { Db } from '../kernel/db/database.ts';
import { notFound } from '../kernel/errors.ts';
import { toRing } from './funnel.ts';
import * as ringRows from './queries/rings.ts';
import * as queries from './queries/rollouts.ts';
import { permitRollout } from './reach.ts';

const PAGE = 20;

/** Rollouts with their funnels, newest first. */
export async function listRollouts(
  ctx: Context,
  query: QueryOf<typeof contract.listRollouts>,
): Promise<ResponseOf<typeof contract.listRollouts>> {
  const { fleetIds } = await readScope(ctx, 'updates:read', query);
  const limit = query.per_page ?? PAGE;
  const offset = (query.page ?? 0) * limit;
  const filter = { fleetIds, ...(query.state && { state: query.state }) };
  const [rows, count] = await Promise.all([
    queries.listRollouts(ctx.db, { ...filter, ascending: query.order_direction === 'asc', offset, limit }),
    queries.countRollouts(ctx.db, filter),
  ]);
  return { count, rollouts: await describe(ctx.db, rows), meta: pageMeta(offset, limit, count) };
}

/** @throws AppError `not_found` */
export async function readRollout(ctx: Context, id: number): Promise<{ rollout: Rollout }> {
  permitSome(ctx.actor, 'updates:read');
  const row = await queries.findRollout(ctx.db, id);
  if (row) permitRollout(ctx, 'updates:read', row);
  const [rollout] = row ? await describe(ctx.db, [row]) : [];
  if (!rollout) throw notFound(`Rollout ${id}`);
  return { rollout };
}

async function describe(db: Db, rows: queries.RolloutRow[]): Promise<Rollout[]> {
  const ids = rows.map((row) => row.id);
  const [rings, counts] = await Promise.all([ringRows.readRings(db, ids), ringRows.countTasks(db, ids)]);
  return rows.map((row) => {
    const own = rings.filter((ring) => ring.rollout_id === row.id);
    const ofRing = ({ no }: ringRows.RingRow) => counts.filter((one) => one.rollout_id === row.id && one.ring === no);
    const gate = { success_share: row.success_share, minimum_successes: row.minimum_successes };
    return {
      id: row.id,
      name: row.name,
      team_id: row.fleet_id,
      team_name: row.fleet_name,
      fleet_id: row.fleet_id,
      fleet_name: row.fleet_name,
      title_id: row.title_id,
      title: row.title,
      installer_id: row.package_id,
      version: row.version,
      package: row.file_name,
      cve: row.vulnerability,
      state: row.state,
      reason: row.reason,
      gate,
      hosts_count: own.reduce((sum, ring) => sum + ring.targeted, 0),
      created_by: row.created_by,
      created_at: row.created_at.toISOString(),
      ended_at: row.ended_at?.toISOString() ?? null,
      rings: own.map((ring) => toRing(ring, ofRing(ring), gate)),
    };
  });
}

/** The hosts of a rollout and where each is. @throws AppError `not_found` */
export async function listRolloutHosts(
  ctx: Context,
  id: number,
  query: QueryOf<typeof contract.rolloutHosts>,
): Promise<ResponseOf<typeof contract.rolloutHosts>> {
  await readRollout(ctx, id);
  const limit = query.per_page ?? PAGE;
  const offset = (query.page ?? 0) * limit;
  const filter = { ...(query.ring && { ring: query.ring }), ...(query.place && { place: query.place }) };
  const [hosts, count] = await Promise.all([
    ringRows.listMembers(ctx.db, id, { ...filter, descending: query.order_direction === 'desc', offset, limit }),
    ringRows.countMembers(ctx.db, id, filter),
  ]);
  return { count, hosts, meta: pageMeta(offset, limit, count) };
}

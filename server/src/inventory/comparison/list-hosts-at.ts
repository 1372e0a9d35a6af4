import type { PastHost, versionHostsAt } from '@flotilla/contract/comparison';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readScope } from '../../fleets/index.ts';
import { permitSome } from '../../kernel/access.ts';
import type { Context } from '../../kernel/context.ts';
import { NO_FLEET } from '../../kernel/counters/spec.ts';
import { notFound } from '../../kernel/errors.ts';
import { pageMeta } from '../list-query.ts';
import { findSoftwareOf, listHostsAt, type PastHostRow } from '../queries/comparison.ts';

const PAGE = 100;
const NOTE =
  'Fleets are those that hosts were in at the moment; names are those of today. Labels have no past, so that there is no filter by them.';

/**
 * Which hosts had a version, or any of a title, at a moment. A host counts for the fleet it was in then, and is shown to those
 * who may read it now.
 * @throws AppError `not_found`
 */
export async function listPastHosts(
  ctx: Context,
  of: { versionId: number } | { titleId: number },
  query: QueryOf<typeof versionHostsAt>,
): Promise<ResponseOf<typeof versionHostsAt>> {
  const readable = permitSome(ctx.actor, 'hosts:read');
  const asked = query.fleet_id ?? query.team_id;
  await readScope(ctx, 'hosts:read', query);
  const softwareIds = await findSoftwareOf(ctx.db, of);
  if (softwareIds === null) {
    throw notFound('versionId' in of ? `Software version ${of.versionId}` : `Software title ${of.titleId}`);
  }
  const at = query.at === undefined ? ctx.clock() : new Date(query.at);
  const limit = query.per_page ?? PAGE;
  const offset = (query.page ?? 0) * limit;
  const { rows, total } = await listHostsAt(
    ctx.db,
    { softwareIds, at, fleetThen: asked ?? null, fleetsNow: readable === 'all' ? null : readable },
    { offset, limit },
  );
  return {
    at: at.toISOString(),
    count: total,
    hosts: rows.map(toPastHost),
    note: NOTE,
    meta: pageMeta(offset, limit, total),
  };
}

const toPastHost = (row: PastHostRow): PastHost => ({
  host_id: row.host_id,
  display_name: row.display_name,
  platform: row.platform,
  fleet_id: row.fleet_id === NO_FLEET ? null : row.fleet_id,
  versions: row.versions,
  since: row.since.toISOString(),
  gone: row.gone?.toISOString() ?? null,
  deleted: row.deleted,
});

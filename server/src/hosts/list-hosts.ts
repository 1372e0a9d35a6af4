import type { Host, HostFilters, listHosts as listHostsRoute } from '@flotilla/contract/hosts';
import type { QueryOf } from '@flotilla/contract/route';
import type { Static } from 'typebox';
import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { badRequest } from '../kernel/errors.ts';
import { toHostAnswer } from './host-answer.ts';
import { countHosts as countRows, findSoftware, type HostFilter, listHostIds } from './queries/list.ts';
import { readHosts } from './queries/read.ts';

const PAGE = 100;

/** One page of the hosts a filter finds. */
export async function listHosts(ctx: Context, query: QueryOf<typeof listHostsRoute>): Promise<Host[]> {
  permit(ctx.actor, 'hosts:read');
  const limit = query.per_page ?? PAGE;
  const ids = await listHostIds(ctx.db, await toFilter(ctx, query), {
    key: query.order_key ?? 'id',
    descending: query.order_direction === 'desc',
    offset: (query.page ?? 0) * limit,
    limit,
  });
  const hosts = await readHosts(ctx.db, ids);
  return hosts.map((host) => toHostAnswer(host, ctx.clock()));
}

export async function countHosts(ctx: Context, query: Static<typeof HostFilters>): Promise<number> {
  permit(ctx.actor, 'hosts:read');
  return countRows(ctx.db, await toFilter(ctx, query));
}

async function toFilter(ctx: Context, query: Static<typeof HostFilters>): Promise<HostFilter> {
  const fleetId = query.fleet_id ?? query.team_id;
  return {
    now: ctx.clock(),
    ...(fleetId !== undefined && { fleetId }),
    ...(query.query && { text: query.query }),
    ...(query.status && { status: query.status }),
    ...(query.platform && { platform: query.platform }),
    ...(await softwareFilter(ctx, query)),
  };
}

/** The filters by software exclude each other: together they would answer another question than either asks. */
async function softwareFilter(ctx: Context, query: Static<typeof HostFilters>): Promise<Pick<HostFilter, 'software'>> {
  const given = (['software_title_id', 'software_version_id', 'os_version_id', 'os_name'] as const).filter(
    (name) => query[name] !== undefined,
  );
  if (given.length > 1) throw badRequest(given[1] ?? '', `cannot be combined with ${given[0]}`);
  if ((query.os_name === undefined) !== (query.os_version === undefined)) {
    throw badRequest(query.os_name === undefined ? 'os_name' : 'os_version', 'os_name and os_version go together');
  }
  if (query.software_title_id !== undefined)
    return { software: await findSoftware(ctx.db, { titleId: query.software_title_id }) };
  const versionId = query.software_version_id ?? query.os_version_id;
  if (versionId !== undefined) return { software: await findSoftware(ctx.db, { versionId }) };
  if (query.os_name === undefined || query.os_version === undefined) return {};
  return { software: await findSoftware(ctx.db, { os: { name: query.os_name, version: query.os_version } }) };
}

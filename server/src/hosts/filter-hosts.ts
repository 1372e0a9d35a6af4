import type { HostFilters } from '@flotilla/contract/hosts';
import { readScope } from '../fleets/index.ts';
import type { Context } from '../kernel/context.ts';
import { badRequest } from '../kernel/errors.ts';
import { permitLabel } from './label.ts';
import type { HostFilter, SoftwareSet } from './queries/conditions.ts';
import { findLabel } from './queries/labels.ts';
import { findConcerned, findSoftware, findVulnerable } from './queries/list.ts';

/** The hosts of a list, within what the actor may read. @throws AppError as `readScope` does, `bad_request` */
export async function readFilter(ctx: Context, query: HostFilters): Promise<HostFilter> {
  const { fleetIds } = await readScope(ctx, 'hosts:read', query);
  const { policy_id, policy_response, low_disk_space } = query;
  if (policy_response !== undefined && policy_id === undefined) throw badRequest('policy_response', 'needs policy_id');
  const software = await softwareOf(ctx, query);
  return {
    fleetIds,
    now: ctx.clock(),
    ...(query.query && { text: query.query }),
    ...(query.status && { status: query.status }),
    ...(query.platform && { platform: query.platform }),
    ...(query.label_id !== undefined && { label: await findLabelRule(ctx, query.label_id) }),
    ...(policy_id !== undefined && {
      policy: { id: policy_id, ...(policy_response && { passes: policy_response === 'passing' }) },
    }),
    ...(low_disk_space !== undefined && { lowDiskSpace: low_disk_space }),
    ...tasksOf(query),
    ...(software.length > 0 && { software }),
  };
}

async function findLabelRule(ctx: Context, id: number): Promise<NonNullable<HostFilter['label']>> {
  return permitLabel(ctx, 'hosts:read', { found: await findLabel(ctx.db, id), name: String(id) });
}

async function softwareOf(ctx: Context, query: HostFilters): Promise<SoftwareSet[]> {
  const { software_title_id: titleId, os_name, os_version, vulnerability } = query;
  if ((os_name === undefined) !== (os_version === undefined)) {
    throw badRequest(os_name === undefined ? 'os_name' : 'os_version', 'os_name and os_version go together');
  }
  const versions = [query.software_version_id, query.software_id, query.os_version_id].filter((id) => id !== undefined);
  const sets = versions.map((versionId) => findSoftware(ctx.db, { versionId }));
  // With a status, the title is one that the hosts were to get or to lose.
  if (titleId !== undefined && !query.software_status) sets.push(findSoftware(ctx.db, { titleId }));
  if (os_name !== undefined && os_version !== undefined) {
    sets.push(findSoftware(ctx.db, { os: { name: os_name, version: os_version } }));
  }
  if (vulnerability !== undefined) sets.push(findVulnerable(ctx.db, vulnerability));
  if (query.action_id !== undefined) sets.push(findConcerned(ctx.db, query.action_id));
  return Promise.all(sets);
}

const OPEN = ['queued', 'offered', 'running', 'reported'];
const FAILED = ['failed', 'expired', 'lost', 'unverified'];
const STATES = { installed: ['verified'], pending: OPEN, failed: FAILED };

/** In the words of Fleet's API: `pending` and `failed` are of either kind. */
function tasksOf({
  software_status: status,
  software_title_id: titleId,
  ...query
}: HostFilters): Pick<HostFilter, 'tasks'> {
  if (status === undefined) return {};
  if (titleId === undefined) throw badRequest('software_status', 'needs software_title_id');
  if (query.software_version_id !== undefined) {
    throw badRequest('software_status', 'is about a title: leave software_version_id out');
  }
  const [state, kind] = status.split('_') as [keyof typeof STATES, string | undefined];
  const kinds = kind ? [kind] : state === 'installed' ? ['install'] : ['install', 'uninstall'];
  return { tasks: { titleId, kinds, states: STATES[state] } };
}

import { readHost } from '../hosts/index.ts';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { AppError, badRequest, notFound } from '../kernel/errors.ts';
import { platformOf } from '../kernel/host-platform.ts';
import { readServerSettings } from '../kernel/server-settings.ts';
import { choosePackage } from './library.ts';
import { hasAgent, readInstalled } from './queries/hosts.ts';
import { findOpen, lockHostQueue } from './queries/tasks.ts';
import { queueTasks } from './queue-tasks.ts';
import type { NewTask, Requester } from './task.ts';

interface Wanted {
  hostId: number;
  titleId: number;
  /** Absent: the newest. */
  packageId?: number | undefined;
}

/**
 * Queues the installation of a title's package on a host.
 * @returns the id of the task
 * @throws AppError `not_found` without such a host or package, `bad_request` when it cannot run there or is queued already
 */
export const requestInstallation = (ctx: Context, wanted: Wanted): Promise<string> => request(ctx, 'install', wanted);

/** Queues the removal of a title from a host. @throws AppError as for an installation */
export async function requestRemoval(ctx: Context, wanted: Wanted): Promise<string> {
  await readHost(ctx, wanted.hostId, 'hosts:install');
  const there = await readInstalled(ctx.db, [wanted]);
  if (there.length === 0) throw badRequest('software_title_id', 'The host does not have it');
  return request(ctx, 'uninstall', wanted);
}

async function request(ctx: Context, kind: 'install' | 'uninstall', wanted: Wanted): Promise<string> {
  const { hostId, titleId, packageId } = wanted;
  const { answer: host } = await readHost(ctx, hostId, 'hosts:install');
  // Who acts in some fleets only has the library of the host's fleet.
  const fleetIds = permitSome(ctx.actor, 'hosts:install') === 'all' ? null : [host.fleet_id ?? 0];
  const chosen = await choosePackage(ctx.db, { titleId, packageId, fleetIds });
  if (!chosen)
    throw notFound(
      packageId === undefined ? `A package of title ${titleId}` : `Package ${packageId} of title ${titleId}`,
    );
  if (platformOf(host.platform) !== chosen.platform) {
    throw badRequest('software_title_id', `${chosen.file_name} is for ${chosen.platform}, and the host is not`);
  }
  const task = { hostId, kind, packageId: chosen.id, titleId, script: '' };
  return queueOne(ctx, task, async (tx) => {
    const open = await findOpen(tx, { hostId, titleId });
    if (open.length > 0)
      throw badRequest('base', `${chosen.name}: the host has a pending ${open[0]?.kind} of it already`);
  });
}

const MOST_PENDING = 1_000;

/** Queues a script. @returns the id of the task */
export async function requestScript(
  ctx: Context,
  { hostId, script }: { hostId: number; script: string },
): Promise<string> {
  await readHost(ctx, hostId, 'hosts:install');
  if ((await readServerSettings(ctx)).scriptsDisabled) {
    throw new AppError('forbidden', { name: 'base', reason: 'Scripts are switched off for this server' });
  }
  return queueOne(ctx, { hostId, kind: 'script', packageId: null, titleId: null, script }, async (tx) => {
    if ((await findOpen(tx, { hostId })).length >= MOST_PENDING) {
      throw badRequest('host_id', `${MOST_PENDING} tasks wait on this host already`);
    }
  });
}

async function queueOne(
  ctx: Context,
  task: NewTask,
  check: (tx: Parameters<typeof queueTasks>[1]) => Promise<void>,
): Promise<string> {
  if (!(await hasAgent(ctx.db, task.hostId))) {
    throw badRequest('host_id', 'No agent runs on the host: plain osquery cannot run anything');
  }
  const queued = await inTransaction(ctx, async (tx) => {
    // Two requests at once see each other.
    await lockHostQueue(tx, task.hostId);
    await check(tx);
    return queueTasks(ctx, tx, { tasks: [task], requester: requesterOf(ctx) });
  });
  ctx.nudges.send([task.hostId]);
  return queued[0]?.id ?? '';
}

function requesterOf({ actor }: Context): Requester {
  if (actor.kind === 'person') return { by: actor.name, accountId: actor.id };
  return { by: 'Flotilla', accountId: null };
}

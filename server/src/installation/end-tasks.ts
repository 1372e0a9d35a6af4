import { recordActivity } from '../activity/index.ts';
import type { Actor } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db/database.ts';
import { readHostNames, readTitleNames } from './queries/hosts.ts';
import { readPackages } from './queries/packages.ts';
import type { TaskRow } from './task.ts';
import { isOver } from './task-states.ts';

/** Writes down, in the transaction that ended them, what became of tasks; those that go on are left out. */
export async function noteEnds(ctx: Context, tx: Tx, moved: TaskRow[]): Promise<void> {
  const ended = moved.filter((task) => isOver(task.state));
  if (ended.length === 0) return;
  const hosts = await readHostNames(
    tx,
    ended.map((task) => task.host_id),
  );
  const titles = await readTitleNames(
    tx,
    ended.flatMap((task) => task.title_id ?? []),
  );
  const packages = new Map(
    (
      await readPackages(
        tx,
        ended.flatMap((task) => task.package_id ?? []),
      )
    ).map((one) => [one.id, one]),
  );
  for (const task of ended) {
    const details = {
      host_id: task.host_id,
      host_display_name: hosts.get(task.host_id)?.display_name ?? '',
      software_title: titles.get(task.title_id ?? 0)?.name ?? '',
      software_title_id: task.title_id,
      software_package: packages.get(task.package_id ?? 0)?.file_name ?? '',
      version: packages.get(task.package_id ?? 0)?.version ?? '',
      self_service: false,
      policy_id: task.policy_id,
      rollout_id: task.rollout_id,
      failure_reason: task.state === 'verified' ? '' : task.reason,
      task_state: task.state,
    };
    await recordActivity({ ...ctx, actor: requesterOf(task) }, tx, {
      ...kindOf(task),
      hostId: task.host_id,
      details: { ...details, ...kindOf(task).details },
    });
  }
}

/** After the commit: tells whoever waits for ends. */
export async function publishEnds(ctx: Context, moved: TaskRow[]): Promise<void> {
  const tasks = moved
    .filter((task) => isOver(task.state))
    .map((task) => ({ id: task.id, hostId: task.host_id, rolloutId: task.rollout_id, policyId: task.policy_id }));
  if (tasks.length > 0) await ctx.events.afterCommit(ctx, { name: 'tasksEnded', payload: { tasks } });
}

function kindOf(task: TaskRow): { type: string; details: Record<string, unknown> } {
  const succeeded = task.state === 'verified';
  switch (task.kind) {
    case 'install':
      if (task.state === 'cancelled') return { type: 'canceled_install_software', details: {} };
      return {
        type: 'installed_software',
        details: { install_uuid: task.id, status: succeeded ? 'installed' : 'failed_install' },
      };
    case 'uninstall':
      if (task.state === 'cancelled') return { type: 'canceled_uninstall_software', details: {} };
      return {
        type: 'uninstalled_software',
        details: { script_execution_id: task.id, status: succeeded ? 'uninstalled' : 'failed_uninstall' },
      };
    case 'script':
      if (task.state === 'cancelled') return { type: 'canceled_run_script', details: { script_execution_id: task.id } };
      return { type: 'ran_script', details: { script_execution_id: task.id, script_name: '', async: true } };
  }
}

/** Whoever asked for it did it; what policies and rollouts ask for, Flotilla did. */
const requesterOf = (task: TaskRow): Actor =>
  task.account_id === null
    ? { kind: 'system' }
    : {
        kind: 'person',
        id: task.account_id,
        name: task.requested_by,
        email: '',
        // Only a name for the audit row: it allows nothing.
        apiOnly: false,
        mustResetPassword: false,
        role: null,
        fleetRoles: new Map(),
        audienceId: null,
      };

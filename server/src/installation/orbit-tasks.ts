import type { TaskResult } from '@flotilla/contract/agent';
import { requestInventory } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { publishEnds } from './end-tasks.ts';
import { finishAttempt } from './finish-attempt.ts';
import { offerTasks } from './offer-tasks.ts';
import type { PackageRow } from './package.ts';
import { readPackages } from './queries/packages.ts';
import { passStopFence, readStop } from './queries/stop.ts';
import { findActive, lockTask, moveTasks } from './queries/tasks.ts';
import type { TaskRow } from './task.ts';
import { environmentOf, mainScript } from './task-payload.ts';
import { RUNNING_SECONDS } from './task-states.ts';

/** What Fleet's own agent is told of a task. */
export interface OrbitTask {
  id: string;
  kind: TaskRow['kind'];
  script: string;
  postInstallScript: string;
  rollbackScript: string;
  preInstallQuery: string;
  package: PackageRow | null;
}

/**
 * The queue as Fleet's own agents see it. They keep no journal: who asks for the details of a task runs it, so from then on
 * it is not listed any more, and whatever happens, inventory decides.
 */
export const orbitTasks = {
  /** What the host should ask the details of: one at a time. */
  async pending(ctx: Context, hostId: number): Promise<{ installs: string[]; scripts: string[] }> {
    const { offers } = await offerTasks(ctx, hostId);
    const active = offers.length > 0 ? await findActive(ctx.db, hostId) : null;
    const ids = active ? [active.id] : [];
    return active?.kind === 'install' ? { installs: ids, scripts: [] } : { installs: [], scripts: ids };
  },

  /** The details, which also starts the task. Null when it is not this host's, or not to be run. */
  async begin(ctx: Context, hostId: number, id: string): Promise<OrbitTask | null> {
    const task = await inTransaction(ctx, async (tx) => {
      await passStopFence(tx);
      if (await readStop(tx)) return null;
      const found = await lockTask(tx, id);
      if (!found || found.host_id !== hostId) return null;
      if (found.state === 'running') return found;
      const at = ctx.clock();
      const [moved = null] = await moveTasks(tx, {
        tasks: [found],
        from: ['offered'],
        to: 'running',
        by: 'the host',
        reason: '',
        at,
        set: { agent: 'orbit', lease_until: new Date(at.getTime() + RUNNING_SECONDS * 1000) },
      });
      return moved;
    });
    return task && toOrbitTask(ctx, task);
  },

  /** The package of a task that runs on this host, with its bytes. */
  async openPackage(ctx: Context, hostId: number, packageId: number) {
    const task = await findActive(ctx.db, hostId);
    if (task?.state !== 'running' || task.package_id !== packageId) return null;
    const [of] = await readPackages(ctx.db, [packageId]);
    const file = of && (await ctx.store.open(of.sha256));
    return file ? { ...file, fileName: of.file_name } : null;
  },

  /** @returns whether there is such a task of this host; one that is over already stays as it is */
  async finish(ctx: Context, hostId: number, { id, result }: { id: string; result: TaskResult }): Promise<boolean> {
    const taken = await inTransaction(ctx, async (tx) => {
      const task = await lockTask(tx, id);
      if (!task || task.host_id !== hostId) return null;
      return { moved: task.state === 'running' ? await finishAttempt(ctx, tx, { task, result }) : null };
    });
    if (!taken) return false;
    if (taken.moved?.state === 'reported') await requestInventory(ctx, hostId);
    if (taken.moved) await publishEnds(ctx, [taken.moved]);
    return true;
  },
};

async function toOrbitTask(ctx: Context, task: TaskRow): Promise<OrbitTask> {
  const [of = null] = task.package_id === null ? [] : await readPackages(ctx.db, [task.package_id]);
  const environment = of ? environmentOf(of) : {};
  const script = (text: string) => (text === '' ? '' : withVariables(text, environment));
  return {
    id: task.id,
    kind: task.kind,
    script: script(mainScript(task, of)),
    postInstallScript: script(of?.post_install_script ?? ''),
    rollbackScript: script(of?.uninstall_script ?? ''),
    preInstallQuery: of?.pre_install_query ?? '',
    package: of,
  };
}

/**
 * A script that sets variables first, for agents that cannot be given any. Single quotes keep everything as it is; a single
 * quote itself is closed, escaped and opened again. Another interpreter than a shell is left alone.
 */
export function withVariables(script: string, environment: Record<string, string>): string {
  const lines = script.split('\n');
  const shebang = lines[0]?.startsWith('#!') ? (lines.shift() ?? '') : '#!/bin/sh';
  if (!/\/(?:ba|da|z|k)?sh\b/.test(shebang)) return script;
  const variables = Object.entries(environment).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
  );
  return [shebang, ...variables, ...lines].join('\n');
}

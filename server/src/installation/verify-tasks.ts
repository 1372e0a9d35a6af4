import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import type { EventMap } from '../kernel/events.ts';
import { noteEnds, publishEnds } from './end-tasks.ts';
import { failAttempt } from './finish-attempt.ts';
import { comparePackageVersions, type PackageRow } from './package.ts';
import { readInstalled } from './queries/hosts.ts';
import { readPackages } from './queries/packages.ts';
import { findReported, moveTasks } from './queries/tasks.ts';
import type { TaskRow } from './task.ts';

/** The part of an inventory in which packages of a format appear. */
const PARTS: Record<PackageRow['format'], string> = { deb: 'deb' };

/** What the inventory says about a result. */
export interface Proof {
  isProven: boolean;
  /** A sentence about what it shows. */
  shows: string;
}

/** Whether the versions that are there now are what the task was to bring about. */
export function prove(task: Pick<TaskRow, 'kind'>, of: Pick<PackageRow, 'version'>, there: string[]): Proof {
  const shown = there.length === 0 ? 'inventory does not show it' : `inventory shows ${there.join(', ')}`;
  if (task.kind === 'uninstall') return { isProven: there.length === 0, shows: shown };
  return { isProven: there.some((version) => comparePackageVersions({ version }, of) >= 0), shows: shown };
}

/** Settles results by inventories that were asked after them. */
export async function verifyTasks(ctx: Context, { received }: EventMap['inventoryReceived']): Promise<void> {
  const waiting = await findReported(ctx.db, [...new Set(received.map((one) => one.hostId))]);
  if (waiting.length === 0) return;
  const moved = await inTransaction(ctx, async (tx) => {
    const packages = new Map(
      (
        await readPackages(
          tx,
          waiting.flatMap((task) => task.package_id ?? []),
        )
      ).map((one) => [one.id, one]),
    );
    const provable = waiting.flatMap((task) => {
      const of = packages.get(task.package_id ?? 0);
      const isNews = received.some(
        (one) =>
          of && one.hostId === task.host_id && one.part === PARTS[of.format] && one.asked > (task.verify_asked ?? 0),
      );
      return of && isNews ? [{ task, of }] : [];
    });
    return settle(ctx, tx, provable);
  });
  await publishEnds(ctx, moved);
}

async function settle(ctx: Context, tx: Tx, provable: { task: TaskRow; of: PackageRow }[]): Promise<TaskRow[]> {
  const installed = await readInstalled(
    tx,
    provable.map(({ task }) => ({ hostId: task.host_id, titleId: task.title_id ?? 0 })),
  );
  const moved: TaskRow[] = [];
  for (const { task, of } of provable) {
    const there = installed
      .filter((row) => row.host_id === task.host_id && row.title_id === task.title_id)
      .map((row) => row.version);
    moved.push(...(await settleOne(ctx, tx, { task, proof: prove(task, of, there) })));
  }
  return moved;
}

async function settleOne(ctx: Context, tx: Tx, { task, proof }: { task: TaskRow; proof: Proof }): Promise<TaskRow[]> {
  const isInterrupted = task.outcome !== 'succeeded';
  if (!proof.isProven && isInterrupted) {
    const reason = `${task.reason}, and ${proof.shows}`;
    const failed = await failAttempt(ctx, tx, { task, from: 'reported', reason });
    return failed ? [failed] : [];
  }
  const at = ctx.clock();
  const moved = await moveTasks(tx, {
    tasks: [task],
    from: ['reported'],
    to: proof.isProven ? 'verified' : 'unverified',
    by: 'inventory',
    reason: proof.isProven ? proof.shows : `the host reports success, and ${proof.shows}`,
    at,
    set: { ended_at: at },
  });
  await noteEnds(ctx, tx, moved);
  return moved;
}

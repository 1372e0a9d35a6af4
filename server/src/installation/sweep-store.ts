import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { lockPackages } from './queries/packages.ts';
import { deleteOldTasks, readNeeded } from './queries/retention.ts';

/** How long a file stays that nothing refers to: whoever just deleted it from the library may add it again. */
const KEPT_MS = 24 * 3_600_000;

/** Removes the files of packages that are in no library and in no open task. */
export async function sweepStore(ctx: Context): Promise<void> {
  for await (const hashes of ctx.store.listBefore(new Date(ctx.clock().getTime() - KEPT_MS))) {
    await inTransaction(ctx, async (tx) => {
      await lockPackages(tx);
      const needed = await readNeeded(tx, hashes);
      for (const hash of hashes) if (!needed.has(hash)) await ctx.store.remove(hash);
    });
  }
}

const TASKS_KEPT_DAYS = 400;

/** Forgets tasks, and what happened to them, as long after their end as the past of software is kept. */
export async function forgetOldTasks(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock().getTime() - TASKS_KEPT_DAYS * 86_400_000);
  while (await inTransaction(ctx, (tx) => deleteOldTasks(tx, before)));
}

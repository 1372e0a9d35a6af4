import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { countProblem } from './queries/details.ts';
import type { KeyKind } from './queries/enrolment.ts';
import * as queries from './queries/split.ts';

/**
 * Two hosts with one identity: the second took the record over, and now the first one's key speaks again. The first gets a record of
 * its own, which its key belongs to from then on, and both say so.
 * @returns false for a key that is none of these
 */
export async function splitHost(ctx: Context, keyHash: Buffer): Promise<boolean> {
  if (!(await queries.isSuperseded(ctx.db, keyHash))) return false;
  const split = await inTransaction(ctx, async (tx) => {
    const at = ctx.clock();
    const key = await queries.lockSupersededKey(tx, keyHash);
    if (!key) return null;
    // Its osquery and its agent split it one after the other.
    const other = (await queries.findSplit(tx, key)) ?? (await queries.insertSplit(tx, { ...key, at }));
    await queries.giveKey(tx, keyHash, other);
    await queries.markShared(tx, [key.host_id, other]);
    await countProblem(tx, key.host_id, { ...shared(other), at });
    await countProblem(tx, other, { ...shared(key.host_id), at });
    return { hostId: key.host_id, other };
  });
  if (!split) return false;
  ctx.log.warn(split, 'two hosts have one identity: they are apart now');
  ctx.nudges.send([split.hostId, split.other]);
  return true;
}

const shared = (other: number) => ({
  kind: 'shared identity',
  detail: `host ${other} has the same identifier or hardware id: give each host its own`,
});

/** The host shows what it had shown before, as one set back to an earlier state does: its key ends, so that it gets another. */
export async function rekeyHost(ctx: Context, hostId: number, kind: KeyKind): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await queries.endKeys(tx, hostId, { kind, at: ctx.clock() });
    await countProblem(tx, hostId, {
      kind: 'set back',
      detail: 'the host was set back to an earlier state, or copied: it enrols anew',
      at: ctx.clock(),
    });
  });
  ctx.log.warn({ hostId }, 'host was set back or copied: it enrols anew');
  ctx.nudges.send([hostId]);
}

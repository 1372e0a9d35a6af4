import { type Db, inOneSnapshot, inTransaction, type Tx } from '../db/database.ts';
import { inTurn } from '../db/in-turn.ts';
import type { Log } from '../log.ts';
import type { CounterFamily } from './spec.ts';

/**
 * Runs a recount in one snapshot, one at a time for each family: a second one would correct the same difference once more. It waits in
 * a transaction of its own, because the snapshot of a recount must begin after the one before has ended.
 */
export const inOneRecount = <T>(
  ctx: { db: Db; log: Log },
  { name }: CounterFamily,
  recount: (tx: Tx) => Promise<T>,
): Promise<T> =>
  inTurn(ctx, `recount ${name}`, () =>
    inTransaction(ctx, async (tx) => {
      await inOneSnapshot(tx);
      return recount(tx);
    }),
  );

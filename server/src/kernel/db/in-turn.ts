import { sql } from 'kysely';
import type { Log } from '../log.ts';
import { type Db, inTransaction } from './database.ts';

/** Does `work` while no other process does what goes by the same name. */
export const inTurn = <T>(ctx: { db: Db; log: Log }, name: string, work: () => Promise<T>): Promise<T> =>
  inTransaction(ctx, async (turn) => {
    await sql`select pg_advisory_xact_lock(hashtext(${name}))`.execute(turn);
    return work();
  });

import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB } from '../../database.ts';
import type { Log } from '../log.ts';

export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;

const RETRYABLE = new Set(['40001', '40P01', '55P03']);
const ATTEMPTS = 4;

/** Runs `work` in a transaction; deadlocks and serialisation failures are tried again three times, with jitter. */
export async function inTransaction<T>(ctx: { db: Db; log: Log }, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ctx.db.transaction().execute(work);
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (!RETRYABLE.has(code) || attempt === ATTEMPTS) throw error;
      ctx.log.warn({ code, attempt }, 'transaction tried again');
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * attempt));
    }
  }
}

/** Makes the transaction see one unchanging state of all tables. */
export const inOneSnapshot = (tx: Tx) => sql`set transaction isolation level repeatable read`.execute(tx);

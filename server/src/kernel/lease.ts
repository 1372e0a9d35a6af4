import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './db/database.ts';

const me = randomUUID();

/**
 * Takes or renews a lease, so that of many processes one does the work.
 * @returns whether this process holds it for the next `seconds`
 */
export async function holdLease(db: Db, name: string, seconds: number): Promise<boolean> {
  const until = sql<Date>`now() + make_interval(secs => ${seconds})`;
  const row = await db
    .insertInto('kernel.lease')
    .values({ name, holder: me, until })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder: me, until })
        .where((where) =>
          where.or([where('kernel.lease.holder', '=', me), where('kernel.lease.until', '<', sql<Date>`now()`)]),
        ),
    )
    .returning('holder')
    .executeTakeFirst();
  return row !== undefined;
}

/** Lets another process take over at once. */
export async function releaseLease(db: Db, name: string): Promise<void> {
  await db.deleteFrom('kernel.lease').where('name', '=', name).where('holder', '=', me).execute();
}

import type { Db, Tx } from './db/database.ts';

/** Stores a value under a name; settings are few and small. */
export async function writeSetting(db: Db | Tx, name: string, value: unknown): Promise<void> {
  const json = JSON.stringify(value);
  await db
    .insertInto('kernel.setting')
    .values({ name, value: json })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: json }))
    .execute();
}

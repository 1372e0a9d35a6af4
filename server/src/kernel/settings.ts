import { sql } from 'kysely';
import type { Context } from './context.ts';
import type { Db, Tx } from './db/database.ts';

/** A setting: what anybody may read, and what only the key file opens. */
export interface Setting {
  value: Record<string, unknown>;
  sealed: Record<string, unknown>;
}

/** Settings are few and small; one that was never written is empty. */
export async function readSetting({ secrets }: Pick<Context, 'secrets'>, db: Db | Tx, name: string): Promise<Setting> {
  const row = await db
    .selectFrom('kernel.setting')
    .select(['value', 'sealed'])
    .where('name', '=', name)
    .executeTakeFirst();
  return {
    value: (row?.value ?? {}) as Setting['value'],
    sealed: row?.sealed ? JSON.parse(secrets.open(row.sealed)) : {},
  };
}

export async function writeSetting(
  { secrets }: Pick<Context, 'secrets'>,
  tx: Tx,
  { name, value, sealed }: Setting & { name: string },
): Promise<void> {
  const row = { value: JSON.stringify(value), sealed: secrets.seal(JSON.stringify(sealed)) };
  await tx
    .insertInto('kernel.setting')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}

/** Of several changes at once, each sees the one before. */
export const lockSettings = (tx: Tx) => sql`lock table kernel.setting in share row exclusive mode`.execute(tx);

/** For `Domain.sealedColumns`. */
export const sealedSettings = { table: 'kernel.setting', key: 'name', column: 'sealed' };

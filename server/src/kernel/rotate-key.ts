import { sql } from 'kysely';
import { type Db, inTransaction } from './db/database.ts';
import type { Log } from './log.ts';
import { addSecretKey, createSecretBox, keepSecretKeys, readSecretKeys, type SecretBox } from './secrets.ts';

/** Where sealed values are kept. */
export interface SealedColumn {
  table: string;
  /** The column that names a row. */
  key: string;
  column: string;
}

/**
 * Seals everything with a new key. Ended at any step it is simply done again: until all values are sealed anew the old keys
 * open them. A running server hears of the new key by itself. The key before stays in the file until the next change, for a
 * value that the server was just sealing.
 * @returns how many values were sealed anew
 */
export async function rotateSecretKey(
  ctx: { db: Db; log: Log },
  { dataDir, columns }: { dataDir: string; columns: readonly SealedColumn[] },
): Promise<number> {
  addSecretKey(dataDir);
  const box = createSecretBox(() => readSecretKeys(dataDir));
  const sealed = await inTransaction(ctx, async (tx) => {
    let count = 0;
    for (const column of columns) count += await sealAnew(tx, box, column);
    return count;
  });
  keepSecretKeys(dataDir, 2);
  return sealed;
}

async function sealAnew(tx: Db, box: SecretBox, { table, key, column }: SealedColumn): Promise<number> {
  await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(tx);
  const { rows } = await sql<{ key: string; sealed: Buffer }>`
    select ${sql.ref(key)}::text as key, ${sql.ref(column)} as sealed from ${sql.table(table)}
    where ${sql.ref(column)} is not null`.execute(tx);
  await sql`
    update ${sql.table(table)} as stored set ${sql.ref(column)} = fresh.sealed
    from unnest(${rows.map((row) => row.key)}::text[], ${rows.map((row) => box.seal(box.open(row.sealed)))}::bytea[])
      as fresh (key, sealed)
    where stored.${sql.ref(key)}::text = fresh.key`.execute(tx);
  return rows.length;
}

import { sql } from 'kysely';
import type { Db, Tx } from '../kernel/db/database.ts';

export interface SealedSecret {
  fleet_id: number | null;
  secret_encrypted: Buffer;
  created_at: Date;
}

export const readSecrets = (db: Db): Promise<SealedSecret[]> =>
  db.selectFrom('fleets.enrol_secret').select(['fleet_id', 'secret_encrypted', 'created_at']).orderBy('id').execute();

export const findSecret = (db: Db, secretHash: Buffer) =>
  db.selectFrom('fleets.enrol_secret').select('fleet_id').where('secret_hash', '=', secretHash).executeTakeFirst();

export async function insertFirstSecret(tx: Tx, row: { secret_hash: Buffer; secret_encrypted: Buffer }): Promise<void> {
  await tx
    .insertInto('fleets.enrol_secret')
    .values({ fleet_id: null, ...row })
    .execute();
}

export async function hasSecret(tx: Tx): Promise<boolean> {
  const row = await tx.selectFrom('fleets.enrol_secret').select('id').limit(1).executeTakeFirst();
  return row !== undefined;
}

export async function hasFleet(db: Db, id: number): Promise<boolean> {
  const row = await db.selectFrom('fleets.fleet').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** Two processes that start at once make one secret between them. */
export const lockSecrets = (tx: Tx) => sql`lock table fleets.enrol_secret in share row exclusive mode`.execute(tx);

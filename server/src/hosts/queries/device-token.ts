import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database.ts';

/** Makes the token the one of a host, also one that it had before. @returns whether nobody else has it */
export async function claimDeviceToken(
  tx: Tx,
  { keyHash, hostId, at }: { keyHash: Buffer; hostId: number; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into hosts.host_key as old (key_hash, host_id, kind, created_at) values (${keyHash}, ${hostId}, 'device', ${at})
    on conflict (key_hash) do update set revoked_at = null where old.host_id = excluded.host_id and old.kind = 'device'
    returning 1`.execute(tx);
  return rows.length > 0;
}

/** Lets the other tokens of a host end at a moment, unless they end before it. */
export const endDeviceTokens = (tx: Tx, { except, hostId, at }: { except: Buffer; hostId: number; at: Date }) =>
  tx
    .updateTable('hosts.host_key')
    .set({ revoked_at: at })
    .where('host_id', '=', hostId)
    .where('kind', '=', 'device')
    .where('key_hash', '<>', except)
    .where('revoked_at', 'is', null)
    .execute();

export const forgetDeviceTokens = (tx: Tx, { hostId, before }: { hostId: number; before: Date }) =>
  tx
    .deleteFrom('hosts.host_key')
    .where('host_id', '=', hostId)
    .where('kind', '=', 'device')
    .where('revoked_at', '<', before)
    .execute();

import type { Tx } from '../../kernel/db/database.ts';

/** The record that has the identifier of a device, whatever it is. */
export interface KnownDevice {
  id: number;
  fleetId: number | null;
  platform: string;
  displayName: string;
  isDeleted: boolean;
  seenAt: Date | null;
}

export async function findDevice(tx: Tx, identifier: string): Promise<KnownDevice | null> {
  const row = await tx
    .selectFrom('hosts.host as host')
    .leftJoin('hosts.host_seen as seen', 'seen.host_id', 'host.id')
    .select(['host.id', 'host.fleet_id', 'host.platform', 'host.display_name', 'host.deleted_at', 'seen.seen_at'])
    .where('host.identifier', '=', identifier)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    fleetId: row.fleet_id,
    platform: row.platform,
    displayName: row.display_name,
    isDeleted: row.deleted_at !== null,
    seenAt: row.seen_at,
  };
}

import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import type { HostDetail } from '../detail-queries.ts';

export interface HostRecord {
  id: number;
  uuid: string;
  serial: string;
  hostname: string;
  computer_name: string;
  display_name: string;
  platform: string;
  os_version: string;
  fleet_id: number | null;
  fleet_name: string | null;
  distributed_interval_seconds: number;
  config_refresh_seconds: number;
  refetch_requested_at: Date | null;
  enrolled_at: Date;
  created_at: Date;
  updated_at: Date;
  seen_at: Date | null;
  address: string | null;
  detail: HostDetail;
  detail_updated_at: Date | null;
  software_updated_at: Date | null;
  failing_policies: number;
}

/** Hosts by id, in the order of the ids; those that are not there are left out. */
export async function readHosts(db: Db, ids: number[]): Promise<HostRecord[]> {
  const rows = await db
    .selectFrom('hosts.host as host')
    .leftJoin('hosts.host_seen as seen', 'seen.host_id', 'host.id')
    .leftJoin('hosts.host_detail as detail', 'detail.host_id', 'host.id')
    .leftJoin('inventory.host_inventory as inventory', 'inventory.host_id', 'host.id')
    .leftJoin('fleets.fleet as fleet', 'fleet.id', 'host.fleet_id')
    .select(['host.id', 'host.uuid', 'host.serial', 'host.hostname', 'host.computer_name', 'host.display_name'])
    .select(['host.platform', 'host.os_version', 'host.fleet_id', 'fleet.name as fleet_name'])
    .select(['host.distributed_interval_seconds', 'host.config_refresh_seconds', 'host.refetch_requested_at'])
    .select(['host.enrolled_at', 'host.created_at', 'host.updated_at', 'seen.seen_at', 'seen.address'])
    .select(['detail.updated_at as detail_updated_at', 'inventory.software_updated_at'])
    .select(
      sql<number>`(select count(*)::int from policies.policy_result as result
        where result.host_id = host.id and not result.passes)`.as('failing_policies'),
    )
    .select(sql<HostDetail>`coalesce(detail.detail, '{}')`.as('detail'))
    .where('host.id', '=', sql<number>`any(${ids}::int[])`)
    .where('host.deleted_at', 'is', null)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

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
  policy_updated_at: Date | null;
  label_updated_at: Date | null;
  failing_policies: number;
  critical_vulnerabilities: number;
}

/** Hosts by id, in the order of the ids; those that are not there are left out. */
export async function readHosts(db: Db, ids: number[]): Promise<HostRecord[]> {
  const [rows, critical] = await Promise.all([readRows(db, ids), readCritical(db, ids)]);
  const byId = new Map(rows.map((row) => [row.id, { ...row, critical_vulnerabilities: critical.get(row.id) ?? 0 }]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function readRows(db: Db, ids: number[]) {
  return db
    .selectFrom('hosts.host as host')
    .leftJoin('hosts.host_seen as seen', 'seen.host_id', 'host.id')
    .leftJoin('hosts.host_detail as detail', 'detail.host_id', 'host.id')
    .leftJoin('inventory.host_inventory as inventory', 'inventory.host_id', 'host.id')
    .leftJoin('policies.host_run as policy_run', 'policy_run.host_id', 'host.id')
    .leftJoin('hosts.label_run as label_run', 'label_run.host_id', 'host.id')
    .leftJoin('fleets.fleet as fleet', 'fleet.id', 'host.fleet_id')
    .select(['host.id', 'host.uuid', 'host.serial', 'host.hostname', 'host.computer_name', 'host.display_name'])
    .select(['host.platform', 'host.os_version', 'host.fleet_id', 'fleet.name as fleet_name'])
    .select(['host.distributed_interval_seconds', 'host.config_refresh_seconds', 'host.refetch_requested_at'])
    .select(['host.enrolled_at', 'host.created_at', 'host.updated_at', 'seen.seen_at', 'seen.address'])
    .select(['detail.updated_at as detail_updated_at', 'inventory.software_updated_at'])
    .select(['policy_run.at as policy_updated_at', 'label_run.at as label_updated_at'])
    .select(
      sql<number>`(select count(*)::int from policies.policy_result as result
        where result.host_id = host.id and not result.passes)`.as('failing_policies'),
    )
    .select(sql<HostDetail>`coalesce(detail.detail, '{}')`.as('detail'))
    .where('host.id', '=', sql<number>`any(${ids}::int[])`)
    .where('host.deleted_at', 'is', null)
    .execute();
}

/**
 * Vulnerabilities of each host that CVSS calls critical: with a score of 9 at least. Hosts share most of their software, so what
 * was found in it is read once for all of them.
 */
async function readCritical(db: Db, ids: number[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ host_id: number; vulnerabilities: number }>`
    with have as materialized (
      select host_id, software_id from inventory.host_software where host_id = any(${ids}::int[])
    ), critical as materialized (
      select finding.software_id, finding.vulnerability_id, finding.is_split
      from (select distinct software_id from have) as there
      join vulnerabilities.finding as finding on finding.software_id = there.software_id and finding.is_open
      join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
      where vulnerability.cvss >= 9
    )
    select have.host_id, count(distinct critical.vulnerability_id)::int as vulnerabilities
    from have join critical using (software_id)
    where not is_split or not vulnerabilities.is_exempt(software_id, vulnerability_id, host_id) group by 1`.execute(db);
  return new Map(rows.map((row) => [row.host_id, row.vulnerabilities]));
}

/** The fleet of a host that is there; undefined for one that is not. */
export async function readFleetId(db: Db, id: number): Promise<number | null | undefined> {
  const row = await db
    .selectFrom('hosts.host')
    .select('fleet_id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row?.fleet_id;
}

/** The host that goes by this name: its identifier, UUID, serial number or host name, in this order; of several the one seen last. */
export async function findByName(db: Db, name: string): Promise<{ id: number; fleet_id: number | null } | null> {
  const { rows } = await sql<{ id: number; fleet_id: number | null }>`
    select host.id, host.fleet_id from hosts.host as host left join hosts.host_seen as seen on seen.host_id = host.id
    where host.deleted_at is null and (host.identifier = ${name} or host.shared_identifier = ${name}
      or host.uuid in (${name}, lower(${name}), upper(${name})) or host.serial = ${name} or host.hostname = ${name})
    order by host.identifier = ${name} desc, host.uuid in (${name}, lower(${name}), upper(${name})) desc, host.serial = ${name} desc,
      seen.seen_at desc nulls last, host.id limit 1`.execute(db);
  return rows[0] ?? null;
}

export const readEmails = (db: Db, hostId: number) =>
  db
    .selectFrom('hosts.host_email')
    .select(['email', 'source'])
    .where('host_id', '=', hostId)
    .orderBy('source')
    .execute();

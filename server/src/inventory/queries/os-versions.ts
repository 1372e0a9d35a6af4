import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import { VERSION_COLUMNS, type VersionRow } from './versions.ts';

export interface OsFilter {
  fleetId: number;
  id?: number;
  platform?: string;
  name?: string;
  version?: string;
}

/** Operating systems that hosts of the fleet run, most hosts first; there are few, so they are all read. `vendor` is their platform. */
export async function listOsVersions(db: Db, filter: OsFilter): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select ${VERSION_COLUMNS} from inventory.title as title join inventory.version as version on version.title_id = title.id
    join inventory.version_fleet as counted on counted.version_id = version.id and counted.fleet_id = ${filter.fleetId}
    where title.kind = 'os' and counted.hosts > 0
      ${filter.id === undefined ? sql`` : sql`and version.id = ${filter.id}`}
      ${filter.platform === undefined ? sql`` : sql`and version.vendor = ${filter.platform}`}
      ${filter.name === undefined ? sql`` : sql`and version.name = ${filter.name}`}
      ${filter.version === undefined ? sql`` : sql`and version.version = ${filter.version}`}
    order by counted.hosts desc, version.id`.execute(db);
  return rows;
}

/** Software that tells what is found in an operating system: itself, or of Linux a kernel that its hosts run. */
export interface SystemSoftware {
  os_id: number;
  software_id: number;
  version_id: number;
  version: string;
  kind: 'os' | 'kernel';
  hosts: number;
}

/**
 * Each host runs one kernel, so the hosts of the systems and those of all kernels are joined, never searched one by one: `materialized`
 * keeps the planner from that, and `offset 0` from reading all software for the few rows that come of it.
 */
export async function readSystemSoftware(
  db: Db,
  of: { osIds: number[]; fleetIds: readonly number[] | null },
): Promise<SystemSoftware[]> {
  const { rows } = await sql<SystemSoftware>`
    with there as materialized (select id from hosts.host as host where deleted_at is null and ${inFleets(of.fleetIds)}),
    running as materialized (
      select software_id, host_id from inventory.host_software
      where software_id = any(array(
          select id from inventory.software where version_id = any(${of.osIds}::int[]) and kind = 'os'))
        ${of.fleetIds === null ? sql`` : sql`and host_id in (select id from there)`}
    ), booted as (
      select host_id, software_id from inventory.host_software
      where software_id = any(array(select id from inventory.software where kind = 'kernel'))
    ), each as materialized (
      select software_id as system_id, software_id, count(*)::int as hosts from running group by 1, 2
      union all
      select running.software_id, booted.software_id, count(*)::int from running join booted using (host_id) group by 1, 2
    )
    select named.os_id, each.software_id, named.version_id, named.version, named.kind, each.hosts
    from each cross join lateral (
      select system.version_id as os_id, software.version_id, version.version, software.kind
      from inventory.software as system, inventory.software as software
      join inventory.version as version on version.id = software.version_id
      where system.id = each.system_id and software.id = each.software_id offset 0
    ) as named
    order by each.hosts desc, each.software_id`.execute(db);
  return rows;
}

/** Of `host`; written so that an index by fleet serves it. */
function inFleets(ids: readonly number[] | null) {
  if (ids === null) return sql`true`;
  const some = sql`host.fleet_id = any(${ids.filter((id) => id > 0)}::int[])`;
  return ids.includes(0) ? sql`(host.fleet_id is null or ${some})` : some;
}

import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';

export interface TitleName {
  id: number;
  title: string;
  source: string;
}

export async function readTitles(db: Db | Tx, ids: number[]): Promise<Map<number, TitleName>> {
  const rows = await db
    .selectFrom('inventory.title')
    .select(['id', 'display_name as title', 'source'])
    .where('id', '=', sql<number>`any(${ids}::int[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export interface VersionOfTitle {
  id: number;
  title_id: number;
  version: string;
  /** As of the last fold. */
  hosts: number;
}

/** Versions of titles, also such as no host has. @param counterId of which fleets the hosts are counted */
export async function readVersions(db: Db | Tx, titleIds: number[], counterId: number): Promise<VersionOfTitle[]> {
  const { rows } = await sql<VersionOfTitle>`
    select version.id, version.title_id, version.version, coalesce(counted.hosts, 0) as hosts
    from inventory.version as version
    left join inventory.version_fleet as counted on counted.version_id = version.id and counted.fleet_id = ${counterId}
    where version.title_id = any(${titleIds}::int[])
      and exists (select from inventory.software as software where software.version_id = version.id and software.kind = 'normal')
    order by version.title_id, version.id`.execute(db);
  return rows;
}

/** Distinct hosts of fleets that have any of the versions, by title; null are all fleets. */
export async function countHosts(
  db: Db,
  versionIds: number[],
  fleetIds: readonly number[] | null,
): Promise<Map<number, number>> {
  const there =
    fleetIds === null
      ? sql``
      : sql`join hosts.host as host on host.id = have.host_id and coalesce(host.fleet_id, 0) = any(${fleetIds}::int[])`;
  const { rows } = await sql<{ title_id: number; hosts: number }>`
    select version.title_id, count(distinct have.host_id)::int as hosts from inventory.version as version
    join inventory.software as software on software.version_id = version.id and software.kind = 'normal'
    join inventory.host_software as have on have.software_id = software.id ${there}
    where version.id = any(${versionIds}::int[]) group by 1`.execute(db);
  return new Map(rows.map((row) => [row.title_id, row.hosts]));
}

/** What was found in versions that hosts have, by title. */
export async function readFoundNames(db: Db, versionIds: number[]): Promise<Map<number, string[]>> {
  const { rows } = await sql<{ title_id: number; names: string[] }>`
    select version.title_id, array_agg(distinct vulnerability.name order by vulnerability.name desc) as names
    from inventory.version as version
    join inventory.software as software on software.version_id = version.id and software.kind = 'normal'
    join vulnerabilities.finding as finding on finding.software_id = software.id and finding.is_open
    join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
    where version.id = any(${versionIds}::int[])
      and exists (select from inventory.host_software as have where have.software_id = software.id) group by 1`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.title_id, row.names]));
}

/** Software a rollout takes hosts away from. */
export interface TargetFilter {
  versionIds: number[];
  /** As osquery would name the platform of the package. */
  platform: string;
  /** Only hosts of this fleet; 0 are those in none. */
  fleetId?: number;
  /** Only hosts that have this vulnerability by one of the versions. */
  vulnerability?: string;
}

const target = ({ versionIds, platform, fleetId, vulnerability }: TargetFilter) => sql`
  from inventory.software as software
  join inventory.host_software as have on have.software_id = software.id
  join hosts.host as host on host.id = have.host_id and host.deleted_at is null
  where software.version_id = any(${versionIds}::int[]) and software.kind = 'normal'
    and case when host.platform in ('darwin', 'windows', 'chrome') then host.platform else 'linux' end = ${platform}
    and exists (select from hosts.host_key as key where key.host_id = host.id and key.kind = 'agent' and key.revoked_at is null)
    ${fleetId === undefined ? sql`` : sql`and coalesce(host.fleet_id, 0) = ${fleetId}`}
    ${
      vulnerability === undefined
        ? sql``
        : sql`and exists (select from vulnerabilities.finding as finding
            join vulnerabilities.vulnerability as named on named.id = finding.vulnerability_id
            where finding.software_id = software.id and finding.is_open and named.name = ${vulnerability}
              and not (finding.is_split and vulnerabilities.is_exempt(finding.software_id, finding.vulnerability_id, host.id)))`
    }`;

/** Hosts with an agent that have any of the versions, in the order of their ids. */
export async function findTargets(tx: Db | Tx, filter: TargetFilter): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select distinct host.id ${target(filter)} order by 1`.execute(tx);
  return rows.map((row) => row.id);
}

/** The same hosts by the versions they have. */
export async function countTargets(db: Db, filter: TargetFilter): Promise<{ version: string; hosts: number }[]> {
  const { rows } = await sql<{ version: string; hosts: number }>`
    select version.version, count(distinct each.host_id)::int as hosts
    from (select software.version_id, host.id as host_id ${target(filter)}) as each
    join inventory.version as version on version.id = each.version_id group by 1 order by 1`.execute(db);
  return rows;
}

import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import type { SoftwareKind } from '../software.ts';

/** A software as bills of materials need it: with its distribution and origin. */
export interface OriginRow {
  software_id: number;
  version_id: number;
  context_id: number;
  family: string | null;
  context: string | null;
  source_package: string;
  source_version: string;
}

const ORIGIN = sql`software.id as software_id, software.version_id, software.context_id, context.family,
  context.key as context, software.source_package, software.source_version`;
const CONTEXT = sql`left join hosts.context as context on context.id = software.context_id`;

/** Software of versions that any host has now, or one in some fleets. */
export async function readOrigins(
  db: Db,
  versionIds: number[],
  fleetIds: readonly number[] | null,
): Promise<OriginRow[]> {
  const there =
    fleetIds === null
      ? sql`select from inventory.host_software as have where have.software_id = software.id`
      : sql`select from inventory.host_software as have join hosts.host as host on host.id = have.host_id
          where have.software_id = software.id and coalesce(host.fleet_id, 0) = any(${fleetIds}::int[])`;
  const { rows } = await sql<OriginRow>`
    select ${ORIGIN} from inventory.software as software ${CONTEXT}
    where software.version_id = any(${versionIds}::int[]) and exists (${there})
    order by software.version_id, software.context_id, software.id`.execute(db);
  return rows;
}

export interface HostSoftwareRow extends OriginRow {
  host_id: number;
  kind: SoftwareKind;
  title_id: number;
  name: string;
  version: string;
  release: string;
  arch: string;
  vendor: string;
  source: string;
  extension_id: string;
  extension_for: string;
  bundle_identifier: string;
  since: Date;
}

/** Everything on some hosts, by host and name; patches of Windows are part of its system. */
export async function readSoftwareOfHosts(db: Db, hostIds: number[]): Promise<HostSoftwareRow[]> {
  const { rows } = await sql<HostSoftwareRow>`
    select have.host_id, ${ORIGIN}, software.kind, version.title_id, version.name, version.version, version.release,
      version.arch, version.vendor, version.source, version.extension_id, version.extension_for, version.bundle_identifier,
      have.since
    from inventory.host_software as have join inventory.software as software on software.id = have.software_id ${CONTEXT}
    join inventory.version as version on version.id = software.version_id
    join inventory.title as title on title.id = version.title_id
    where have.host_id = any(${hostIds}::int[]) and software.kind <> 'patch'
    order by have.host_id, title.sort_name, version.id, software.id`.execute(db);
  return rows;
}

/** Ids of vulnerabilities that any of the software has. Other domains' tables are only read. */
export async function findVulnerabilitiesIn(db: Db, softwareIds: number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct vulnerability_id as id from vulnerabilities.finding
    where is_open and software_id = any(${softwareIds}::int[]) order by 1`.execute(db);
  return rows.map((row) => row.id);
}

export interface FoundRow {
  name: string;
  exploited_since: string | null;
  software_ids: number[];
  fix_versions: (string | null)[];
}

/** Some vulnerabilities with all software that has them. */
export async function readFoundRows(db: Db, vulnerabilityIds: number[]): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    select vulnerability.name, vulnerability.exploited_since::text as exploited_since,
      array_agg(finding.software_id order by finding.software_id) as software_ids,
      array_agg(finding.fix_version order by finding.software_id) as fix_versions
    from vulnerabilities.finding as finding
    join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
    where finding.is_open and finding.vulnerability_id = any(${vulnerabilityIds}::int[])
    group by vulnerability.id order by vulnerability.name`.execute(db);
  return rows;
}

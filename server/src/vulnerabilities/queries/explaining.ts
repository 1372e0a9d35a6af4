import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';

interface Asked {
  softwareId: number;
  versionId: number;
}

/** A version is one software in each distribution release it is installed in. */
const MOST = 50;

/** Of a version that hosts of the fleet have now. */
export async function findOnHosts(db: Db, of: { versionId: number; fleetId: number }): Promise<Asked[]> {
  const { rows } = await sql<Asked>`
    select software.id as "softwareId", software.version_id as "versionId" from inventory.software as software
    where software.version_id = ${of.versionId} and exists (
      select from inventory.version_fleet as counted
      where counted.fleet_id = ${of.fleetId} and counted.version_id = software.version_id and counted.hosts > 0)
    order by software.id limit ${MOST}`.execute(db);
  return rows;
}

/** Of a host: of one version, or all that any feed speaks of. */
export async function findOnHost(
  db: Db,
  of: { hostId: number } & ({ versionId: number } | { vulnerability: string }),
): Promise<Asked[]> {
  const only =
    'versionId' in of
      ? sql`software.version_id = ${of.versionId}`
      : sql`exists (
          select from vulnerabilities.software_key as looked join vulnerabilities.statement as said on said.key_id = looked.key_id
          where looked.software_id = software.id and ${of.vulnerability} = any(said.vulnerabilities))`;
  const { rows } = await sql<Asked>`
    select software.id as "softwareId", software.version_id as "versionId"
    from inventory.host_software as installed join inventory.software as software on software.id = installed.software_id
    where installed.host_id = ${of.hostId} and ${only} order by software.id limit ${MOST}`.execute(db);
  return rows;
}

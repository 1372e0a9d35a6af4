import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';

export const readFailing = (db: Db, hostId: number) =>
  db
    .selectFrom('policies.policy_result as result')
    .innerJoin('policies.policy as policy', 'policy.id', 'result.policy_id')
    .select(['policy.id', 'policy.name', 'policy.critical', 'policy.resolution'])
    .where('result.host_id', '=', hostId)
    .where('result.passes', '=', false)
    .orderBy('policy.id')
    .execute();

/** Versions on the host in which something was found. */
export async function readVulnerable(db: Db, hostId: number): Promise<{ id: number; name: string; version: string }[]> {
  const { rows } = await sql<{ id: number; name: string; version: string }>`
    select distinct version.id, version.name, version.version
    from inventory.host_software as have
    join inventory.software as software on software.id = have.software_id
    join inventory.version as version on version.id = software.version_id
    where have.host_id = ${hostId} and exists (select from vulnerabilities.finding as finding
      where finding.software_id = have.software_id and finding.is_open and (not finding.is_split
        or not vulnerabilities.is_exempt(finding.software_id, finding.vulnerability_id, have.host_id)))
    order by version.name, version.id`.execute(db);
  return rows;
}

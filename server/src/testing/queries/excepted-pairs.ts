import { sql } from 'kysely';
import type { TestServer } from '../test-server.ts';

export interface Pair {
  host_id: number;
  fleet_id: number;
  key: number;
  is_excepted: boolean;
}

/** Every host with every finding of its software, and whether an exception is about it there: asked of nothing that is kept for counting. */
export async function readPairs({ system }: TestServer): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    select have.host_id, coalesce(host.fleet_id, 0) as fleet_id, finding.vulnerability_id as key, exists (
      select from vulnerabilities.exception as exception where exception.state = 'active'
        and (exception.vulnerability_id is null or exception.vulnerability_id = finding.vulnerability_id)
        and (exception.title_id is null or exception.title_id = version.title_id)
        and (exception.version_id is null or exception.version_id = version.id)
        and (exception.fleet_id is null or exception.fleet_id = coalesce(host.fleet_id, 0))
        and (exception.host_id is null or exception.host_id = host.id)
        and (exception.label_id is null or exists (select from hosts.host_label as labelled
          where labelled.label_id = exception.label_id and labelled.host_id = host.id))) as is_excepted
    from inventory.host_software as have join hosts.host as host on host.id = have.host_id
    join inventory.software as software on software.id = have.software_id
    join inventory.version as version on version.id = software.version_id
    join vulnerabilities.finding as finding on finding.software_id = software.id and finding.is_active`.execute(
    system.db,
  );
  return rows;
}

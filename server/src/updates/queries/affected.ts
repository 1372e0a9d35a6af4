import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';

export async function findVulnerability(db: Db | Tx, name: string): Promise<{ id: number; name: string } | null> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from vulnerabilities.vulnerability where name = upper(${name}) or name = ${name} order by id limit 1`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Software on hosts in which a vulnerability was found. */
export interface AffectedSoftware {
  title_id: number;
  title: string;
  source: string;
  version_id: number;
  version: string;
  context: string;
  fix_version: string | null;
}

export async function readAffected(
  db: Db | Tx,
  { vulnerabilityId, titleId }: { vulnerabilityId: number; titleId?: number },
): Promise<AffectedSoftware[]> {
  const { rows } = await sql<AffectedSoftware>`
    select version.title_id, title.display_name as title, title.source, version.id as version_id, version.version,
      context.key as context, finding.fix_version
    from vulnerabilities.finding as finding
    join inventory.software as software on software.id = finding.software_id
    join inventory.version as version on version.id = software.version_id
    join inventory.title as title on title.id = version.title_id
    join hosts.context as context on context.id = software.context_id
    where finding.vulnerability_id = ${vulnerabilityId} and finding.is_open
      ${titleId === undefined ? sql`` : sql`and version.title_id = ${titleId}`}
      and exists (select from inventory.host_software as have where have.software_id = software.id)
    order by version.title_id, software.id`.execute(db);
  return rows;
}

export interface AffectedHosts {
  title_id: number;
  hosts: number;
  with_agent: number;
}

/** Distinct hosts of fleets that have a vulnerability, by the title they have it by; null are all fleets. */
export async function countAffected(
  db: Db,
  vulnerabilityId: number,
  fleetIds: readonly number[] | null,
): Promise<AffectedHosts[]> {
  const there =
    fleetIds === null
      ? sql``
      : sql`join hosts.host as host on host.id = have.host_id and coalesce(host.fleet_id, 0) = any(${fleetIds}::int[])`;
  const { rows } = await sql<AffectedHosts>`
    select title_id, count(*)::int as hosts, (count(*) filter (where exists (select from hosts.host_key as key
      where key.host_id = each.host_id and key.kind = 'agent' and key.revoked_at is null)))::int as with_agent
    from (
      select distinct version.title_id, have.host_id
      from vulnerabilities.finding as finding
      join inventory.software as software on software.id = finding.software_id
      join inventory.version as version on version.id = software.version_id
      join inventory.host_software as have on have.software_id = software.id ${there}
      where finding.vulnerability_id = ${vulnerabilityId} and finding.is_open
        and not (finding.is_split and vulnerabilities.is_exempt(finding.software_id, finding.vulnerability_id, have.host_id))
    ) as each group by 1 order by 2 desc, 1`.execute(db);
  return rows;
}

import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';

export interface FoundVulnerability {
  name: string;
  createdAt: Date;
  isExploited: boolean;
  fixVersion: string | null;
}

/** What was found in each of some versions, on any host or on one; those that nobody could judge are left out. */
export async function readFound(
  db: Db,
  versionIds: number[],
  hostId?: number,
): Promise<Map<number, FoundVulnerability[]>> {
  const there = hostId === undefined ? sql`` : sql`and have.host_id = ${hostId}`;
  const { rows } = await sql<{ version_id: number; found: [string, string, boolean, string | null][] | null }>`
    select software.version_id, jsonb_agg(distinct jsonb_build_array(vulnerability.name, vulnerability.created_at,
      vulnerability.exploited_since is not null, finding.fix_version)) filter (where finding.software_id is not null) as found
    from inventory.software as software
    join vulnerabilities.software_judged as judged on judged.software_id = software.id and judged.not_judged is null
    left join vulnerabilities.finding as finding on finding.software_id = software.id and finding.is_active
    left join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
    where software.version_id = any(${versionIds}::int[])
      and exists (select from inventory.host_software as have where have.software_id = software.id ${there})
    group by 1`.execute(db);
  return new Map(rows.map((row) => [row.version_id, distinct(row.found ?? [])]));
}

/** Two software of a version may differ in the fix; the first by name and version stands for both. */
function distinct(found: [string, string, boolean, string | null][]): FoundVulnerability[] {
  const byName = new Map<string, FoundVulnerability>();
  for (const [name, createdAt, isExploited, fixVersion] of found) {
    if (!byName.has(name)) byName.set(name, { name, createdAt: new Date(createdAt), isExploited, fixVersion });
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? 1 : -1));
}

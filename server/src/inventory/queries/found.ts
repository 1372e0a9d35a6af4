import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';

export interface FoundVulnerability {
  name: string;
  createdAt: Date;
  isExploited: boolean;
  fixVersion: string | null;
}

interface FoundRow {
  software_id: number;
  name: string;
  found_at: Date;
  is_exploited: boolean;
  fix_version: string | null;
}

/** What was found in each of some versions, on any host or on one; those that nobody could judge are left out. */
export async function readFound(
  db: Db,
  versionIds: number[],
  hostId?: number,
): Promise<Map<number, FoundVulnerability[]>> {
  const there = hostId === undefined ? sql`` : sql`and have.host_id = ${hostId}`;
  const judged = await sql<{ id: number; version_id: number }>`
    select software.id, software.version_id from inventory.software as software
    join vulnerabilities.software_judged as judged on judged.software_id = software.id
    where software.version_id = any(${versionIds}::int[]) and judged.not_judged is null
      and exists (select from inventory.host_software as have where have.software_id = software.id ${there})`.execute(
    db,
  );
  return readFoundIn(db, new Map(judged.rows.map((row) => [row.id, row.version_id])));
}

/**
 * What was found in software, gathered under what it belongs to.
 * @param groups by the id of the software
 */
export async function readFoundIn(db: Db, groups: Map<number, number>): Promise<Map<number, FoundVulnerability[]>> {
  const { rows } = await sql<FoundRow>`
    select finding.software_id, vulnerability.name, vulnerability.found_at, finding.fix_version,
      vulnerability.exploited_since is not null as is_exploited
    from vulnerabilities.finding as finding
    join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
    where finding.software_id = any(${[...groups.keys()]}::int[]) and finding.is_active
    order by vulnerability.name desc, finding.software_id`.execute(db);
  const found = new Map([...groups.values()].map((group) => [group, new Map<string, FoundVulnerability>()]));
  for (const row of rows) {
    const { name, found_at: createdAt, is_exploited: isExploited, fix_version: fixVersion } = row;
    const ofGroup = found.get(groups.get(row.software_id) ?? 0);
    // Two software of a version may differ in the fix; the first stands for both.
    if (ofGroup && !ofGroup.has(name)) ofGroup.set(name, { name, createdAt, isExploited, fixVersion });
  }
  return new Map([...found].map(([group, byName]) => [group, [...byName.values()]]));
}

/** The names alone, for lists of many versions. Those that nobody could judge are left out. */
export async function readFoundNames(db: Db, versionIds: number[]): Promise<Map<number, string[]>> {
  const { rows } = await sql<{ version_id: number; name: string | null }>`
    select distinct software.version_id, vulnerability.name from inventory.software as software
    join vulnerabilities.software_judged as judged on judged.software_id = software.id and judged.not_judged is null
    left join vulnerabilities.finding as finding on finding.software_id = software.id and finding.is_active
    left join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
    where software.version_id = any(${versionIds}::int[])
      and exists (select from inventory.host_software as have where have.software_id = software.id)
    order by 1, 2 desc`.execute(db);
  const names = new Map<number, string[]>();
  for (const { version_id, name } of rows) {
    const known = names.get(version_id) ?? [];
    names.set(version_id, known);
    if (name !== null) known.push(name);
  }
  return names;
}

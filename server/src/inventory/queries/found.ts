import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db } from '../../kernel/db/database.ts';

export interface FoundVulnerability {
  name: string;
  createdAt: Date;
  isExploited: boolean;
  fixVersion: string | null;
  cvss: number | null;
  epss: number | null;
  publishedAt: Date | null;
  description: string | null;
}

type FoundRow = FoundVulnerability & { software_id: number };

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
  return readFoundIn(db, new Map(judged.rows.map((row) => [row.id, row.version_id])), hostId);
}

/**
 * What was found in software, gathered under what it belongs to. What is excepted everywhere is left out, and what is excepted on one
 * host where it is about that host.
 * @param groups by the id of the software
 */
export async function readFoundIn(
  db: Db,
  groups: Map<number, number>,
  hostId?: number,
): Promise<Map<number, FoundVulnerability[]>> {
  const counts =
    hostId === undefined
      ? sql``
      : sql`and (not finding.is_split or not vulnerabilities.is_exempt(finding.software_id, finding.vulnerability_id, ${hostId}))`;
  const { rows } = await sql<FoundRow>`
    select finding.software_id, vulnerability.name, vulnerability.found_at as "createdAt", finding.fix_version as "fixVersion",
      vulnerability.exploited_since is not null as "isExploited", vulnerability.cvss, likelihood.probability as epss,
      vulnerability.published_at as "publishedAt", vulnerability.description
    from vulnerabilities.finding as finding
    join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
    left join vulnerabilities.likelihood as likelihood on likelihood.vulnerability_id = vulnerability.id
    where finding.software_id = any(${[...groups.keys()]}::int[]) and finding.is_open ${counts}
    order by vulnerability.name desc, finding.software_id`.execute(db);
  const found = new Map([...groups.values()].map((group) => [group, new Map<string, FoundVulnerability>()]));
  for (const { software_id, ...one } of rows) {
    const ofGroup = found.get(groups.get(software_id) ?? 0);
    // Two software of a version may differ in the fix; the first stands for both.
    if (ofGroup && !ofGroup.has(one.name)) ofGroup.set(one.name, one);
  }
  return new Map([...found].map(([group, byName]) => [group, [...byName.values()]]));
}

/** The names alone, for lists of many versions; a name that many of them share is read once. Those that nobody could judge are left out. */
export async function readFoundNames(db: Db, versionIds: number[]): Promise<Map<number, string[]>> {
  const { rows } = await sql<{ version_id: number; vulnerability_ids: number[] }>`
    with judged as materialized (
      select software.id, software.version_id from inventory.software as software
      join vulnerabilities.software_judged as judged on judged.software_id = software.id and judged.not_judged is null
      where software.version_id = any(${ints(versionIds)}::int[])
    )
    select version_id, array(select vulnerability_id from vulnerabilities.finding as finding
      where finding.software_id = judged.id and finding.is_open) as vulnerability_ids
    from judged where exists (select from inventory.host_software as have where have.software_id = judged.id)`.execute(
    db,
  );
  const names = await readNames(db, new Set(rows.flatMap((row) => row.vulnerability_ids)));
  const byVersion = Map.groupBy(rows, (row) => row.version_id);
  return new Map(
    [...byVersion].map(([id, own]) => {
      const found = new Set(own.flatMap((row) => row.vulnerability_ids));
      return [
        id,
        [...found]
          .map((one) => names.get(one) ?? '')
          .sort()
          .reverse(),
      ];
    }),
  );
}

async function readNames(db: Db, ids: Set<number>): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from vulnerabilities.vulnerability where id = any(${ints(ids)}::int[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.name]));
}
